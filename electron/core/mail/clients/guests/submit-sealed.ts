import { DeliveryId, MessageId, type MailAddress } from '../../../../../shared/ids';
import { PosthornError } from '../../../../../shared/errors';
import { letterReplies, replyToLetterError } from '../../../domain/clients/letter-replies';
import { guestPhase } from '../../../domain/guests/guest-agreement';
import { guestReplies, refuseGuestLetter, replyToUnsealed } from '../../../domain/guests/guest-letter';
import { DELIVERY_LIFETIME_MS, MAX_RECIPIENTS } from '../../../domain/limits';
import type { SmtpReply } from '../../../domain/refusals';
import type { SealedLetter } from '../../../ports/mime';
import type { Submission } from '../../../ports/submission';
import { checkAddress } from '../../contacts/require-address';
import type { Services } from '../../mailbox';
import { placeRecipients } from '../submission/place-recipients';
import type { GuestMail } from './guest-mail';
import { usedBy } from './receive-for-guest';

export type SubmitServices = Pick<Services, 'clock' | 'random' | 'onionKeys' | 'mime' | 'pgp' | 'log'>;
type Sealed = Extract<SealedLetter, { outcome: 'sealed' }>;

/**
 * The way out for a guest: takes what their program has sealed, writes everything outside of the seal anew, and queues
 * it (docs/decisions/031-guests.md). Answers 250 when it is committed. Never rejects.
 */
export async function submitSealed(services: SubmitServices, mail: GuestMail, o: Submission): Promise<SmtpReply> {
  try {
    const { agreement, key, address } = mail.guest();
    if (guestPhase(agreement, services.clock.now()) !== 'in-force') return guestReplies.ended;
    if (key === undefined) return guestReplies.noKey;
    const letter = await services.mime.readSealedLetter(o.octets);
    if (letter.outcome === 'refused') return replyToUnsealed(letter.reason);
    const sealed = await services.pgp.cleanSealed(letter.sealed);
    if (sealed === undefined) return guestReplies.notSealed;
    return refuseGuestLetter(letter, address) ?? (await queue(services, mail, { letter, sealed, to: o.recipients }));
  } catch (error) {
    const reply = replyToLetterError(error instanceof PosthornError ? error.code : undefined);
    services.log.error('guest.submission-failed', { reply: reply.code });
    return reply;
  }
}

async function queue(
  services: SubmitServices,
  mail: GuestMail,
  o: { readonly letter: Sealed; readonly sealed: Uint8Array; readonly to: readonly string[] },
): Promise<SmtpReply> {
  const can = (addresses: readonly string[]): MailAddress[] => reachable(services, addresses);
  const { letter, sealed } = o;
  const named = { to: can(letter.to), cc: can(letter.cc), bcc: can(letter.bcc), envelope: can(o.to) };
  const placed = placeRecipients(named);
  if (placed.deliverTo.length === 0) return letterReplies.noRecipient;
  if (placed.deliverTo.length > MAX_RECIPIENTS) return letterReplies.tooMany;
  const date = services.clock.now();
  const { messageId } = letter;
  const { to, cc } = placed;
  const raw = services.mime.wrapSealed({ message: { from: mail.guest().address, to, cc, date, messageId }, sealed });
  if (usedBy(mail) + raw.length > mail.guest().agreement.quota) return guestReplies.full;
  await keep(services, mail, { ...placed, raw, date, messageId });
  return letterReplies.queued;
}

type Kept = ReturnType<typeof placeRecipients> & {
  readonly raw: Uint8Array;
  readonly date: number;
  readonly messageId: string;
};

async function keep({ random }: SubmitServices, mail: GuestMail, o: Kept): Promise<void> {
  const { raw, date, messageId: rfcMessageId, to, cc, bcc, deliverTo } = o;
  const messageId = MessageId.parse(random.uuid());
  await mail.contents.stage(raw, (sealed) =>
    mail.outbox.submitLetter({
      ...{ messageId, rfcMessageId, to, cc, bcc, date, sealed },
      threadId: messageId,
      references: [],
      from: mail.guest().address,
      subject: '[...]',
      preview: '',
      text: '',
      attachments: [],
      deliveries: deliverTo.map((recipient) => ({
        id: DeliveryId.parse(random.uuid()),
        recipient,
        state: 'waiting-for-tor',
        expiresAt: date + DELIVERY_LIFETIME_MS,
      })),
    }),
  );
}

/** In their canonical form. A header may name anybody; those of the envelope were refused when they came. */
function reachable(services: Pick<Services, 'onionKeys'>, addresses: readonly string[]): MailAddress[] {
  return addresses.flatMap((text) => {
    const checked = checkAddress(services, text);
    return checked.outcome === 'ok' ? [checked.address] : [];
  });
}
