import { MessageId, type MailAddress } from '../../../../../shared/ids';
import { refuseForGuest } from '../../../domain/guests/guest-agreement';
import { mailboxOf, onionOf } from '../../../domain/mail-address';
import type { SmtpReply } from '../../../domain/refusals';
import { replyToMimeRefusal, smtpReplies } from '../../../domain/smtp-replies';
import type { OuterMessage } from '../../../ports/mime';
import type { KeptGuest } from '../../../ports/storage/guests';
import type { MailParts } from '../../../ports/storage/mail-store';
import { replyToFault } from '../../incoming/reply-to-fault';
import type { Services } from '../../mailbox';

/** A guest's mail, as far as their host can read it. */
export type GuestMailbox = Pick<MailParts, 'messages' | 'mailboxes'> & { readonly guest: () => KeptGuest };

type Sealed = Extract<OuterMessage, { outcome: 'sealed' }>;

/**
 * The way in for a guest: checks the outer form and the room, and stores the letter as it came. It is not unsealed, so
 * that nothing of it is verified: that is for the guest's own program. Answers 250 only when it is committed. Never
 * throws.
 */
export async function receiveForGuest(
  services: Pick<Services, 'clock' | 'random' | 'mime' | 'custodyCrypto' | 'log'>,
  mailbox: GuestMailbox,
  o: { readonly mailFrom: MailAddress; readonly raw: Uint8Array },
): Promise<SmtpReply> {
  try {
    const outer = await services.mime.parseOuter(o.raw);
    if (outer.outcome === 'refused') return replyToMimeRefusal(outer.reason);
    if (onionOf(outer.from) !== onionOf(o.mailFrom)) return smtpReplies.envelopeDiffers;
    const message = await rowOf(services, mailbox, { outer, raw: o.raw });
    if (mailbox.messages.hasReceived(message)) return smtpReplies.stored;
    const room = { now: services.clock.now(), used: usedBy(mailbox), size: o.raw.length };
    const refusal = refuseForGuest(mailbox.guest().agreement, room);
    if (refusal) return refusal;
    await mailbox.messages.receive(message);
    return smtpReplies.stored;
  } catch (error) {
    const reply = replyToFault(error);
    services.log.error('guest.receive-failed', { reply: reply.code });
    return reply;
  }
}

/** Octets of all that lies in the guest's mailboxes. */
export function usedBy({ mailboxes }: Pick<GuestMailbox, 'mailboxes'>): number {
  return mailboxes.all().reduce((sum, { id }) => sum + mailboxes.state(id).octets, 0);
}

/**
 * A row that says what the host sees. Its name for copies is of the octets: From and Message-ID are claims here, and
 * one who forged them would keep the true letter out as its copy. Retries send the same octets (decision 003).
 */
async function rowOf(
  services: Pick<Services, 'clock' | 'random' | 'custodyCrypto'>,
  mailbox: GuestMailbox,
  { outer, raw }: { readonly outer: Sealed; readonly raw: Uint8Array },
): Promise<Parameters<GuestMailbox['messages']['receive']>[0]> {
  const id = MessageId.parse(services.random.uuid());
  const now = services.clock.now();
  return {
    id,
    rfcMessageId: `<${await services.custodyCrypto.digest(outer.sealed)}@${onionOf(outer.from)}>`,
    threadId: id,
    references: [],
    folder: 'inbox',
    from: outer.from,
    to: [mailboxOf(mailbox.guest().address)],
    cc: [],
    bcc: [],
    subject: '[...]',
    preview: '',
    date: now,
    storedAt: now,
    size: raw.length,
    protection: 'unverified',
    protectionReason: 'put-by-program',
    text: '',
    attachments: [],
    raw,
  };
}
