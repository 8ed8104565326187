import { CustodyId } from '../../../../../shared/ids';
import { DAY_MS } from '../../../domain/time';
import { agreementsWithClient, isAgreementInForce } from '../../../domain/custody/agreement';
import { custodyReply, custodyText } from '../../../domain/custody/custody';
import { readHeldRecipient } from '../../../domain/custody/held-recipient';
import { onionOf } from '../../../domain/mail-address';
import { replyToMimeRefusal, smtpReplies } from '../../../domain/smtp-replies';
import type { SmtpReply } from '../../../domain/refusals';
import type { Agreement, HeldMail } from '../../../ports/storage/custody-records';
import type { SmtpHandler } from '../../../ports/smtp';
import type { Mailbox, Services } from '../../mailbox';
import { LARGE_HELD_BYTES } from '../../../domain/custody-limits';

type KeepServices = Pick<Services, 'clock' | 'random' | 'mime' | 'custodyCrypto' | 'log'>;
type Recipient = ReturnType<SmtpHandler['checkRcptTo']>;

/**
 * Reads a name in RCPT TO as a token of one of our clients, and answers how many octets there is room for; undefined
 * for a token that we do not know.
 */
export function checkHeldRecipient(
  services: Pick<Services, 'clock' | 'custodyCrypto'>,
  mailbox: Pick<Mailbox, 'custody'>,
  o: { readonly text: string; readonly announcedSize?: number },
): Recipient | undefined {
  const named = readHeldRecipient(o.text);
  const agreement =
    named &&
    agreementsWithClient(mailbox.custody.agreements.all(), named.client).find((each) =>
      isAgreementInForce(each, services.clock.now()),
    );
  if (!agreement) return undefined;
  const hash = services.custodyCrypto.tokenHash(named.token);
  if (!mailbox.custody.asHolder.hasToken({ agreementId: agreement.id, hash })) return undefined;
  const room = mailbox.custody.asHolder.roomFor(agreement.id, hash);
  if ((o.announcedSize ?? 0) > room) return { reply: smtpReplies.holdFull };
  return { recipient: { for: 'client', agreementId: agreement.id, token: named.token }, room, isKnown: true };
}

/**
 * Keeps a held envelope, which is ciphertext, for a client. The 250 carries our receipt and is given only when the
 * octets are committed. The same octets under the same token get the same receipt again (RFC 5321 4.1.1.4: the first
 * reply may have been lost).
 */
export async function keepEnvelope(
  services: KeepServices,
  mailbox: Pick<Mailbox, 'custody' | 'identity'>,
  o: { readonly agreementId: Agreement['id']; readonly token: string; readonly raw: Uint8Array },
): Promise<SmtpReply> {
  const envelope = await services.mime.parseHeldEnvelope(o.raw);
  if (envelope.outcome === 'refused') return replyToMimeRefusal(envelope.reason);
  const agreement = mailbox.custody.agreements.find(o.agreementId);
  if (envelope.mark || !agreement || !isAgreementInForce(agreement, services.clock.now()))
    return smtpReplies.noSuchMailbox;
  const mail = await signedFor(services, mailbox, { agreement, raw: o.raw });
  const kept = await mailbox.custody.asHolder.hold({
    mail,
    token: services.custodyCrypto.tokenHash(o.token),
    content: o.raw,
  });
  if (kept.outcome === 'full') return smtpReplies.holdFull;
  if (kept.outcome === 'token-unknown') return smtpReplies.noSuchMailbox;
  const { id, heldAt, until, signature } = kept.mail;
  return { code: 250, enhanced: '2.0.0', text: custodyReply({ custodyId: id, at: heldAt, until, signature }) };
}

async function signedFor(
  services: Pick<Services, 'clock' | 'random' | 'custodyCrypto'>,
  mailbox: Pick<Mailbox, 'identity'>,
  { agreement, raw }: { agreement: Agreement; raw: Uint8Array },
): Promise<HeldMail> {
  const { address, onionSeed } = mailbox.identity();
  const { days, largeDays } = agreement.agreed.terms;
  const at = services.clock.now();
  const until = at + (raw.length > LARGE_HELD_BYTES ? Math.min(days, largeDays) : days) * DAY_MS;
  const custodyId = CustodyId.parse(services.random.uuid());
  const digest = await services.custodyCrypto.digest(raw);
  const text = custodyText({ holder: onionOf(address), client: onionOf(agreement.peer), custodyId, digest, at, until });
  return {
    id: custodyId,
    agreementId: agreement.id,
    size: raw.length,
    digest,
    heldAt: at,
    until,
    signature: services.custodyCrypto.sign({ seed: onionSeed, text }),
    attempts: 0,
    refusals: 0,
    keptMs: 0,
  };
}
