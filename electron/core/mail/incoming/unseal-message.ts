import type { MailAddress } from '../../../../shared/ids';
import { onionOf } from '../../domain/mail-address';
import { replyToMimeRefusal, smtpReplies } from '../../domain/smtp-replies';
import type { SmtpReply } from '../../domain/refusals';
import type { InnerHead } from '../../ports/mime';
import type { DecryptOutcome } from '../../ports/pgp';
import type { Mailbox, Services } from '../mailbox';
import { Refusal } from './refusal';

/** What a message holds, its bodies unread. Its sender is not proved before `findSigner` has said so. */
export type UnsealedMessage = {
  readonly head: Extract<InnerHead, { outcome: 'parsed' }>;
  /** The whole entity, for `readBodies`. */
  readonly content: Uint8Array;
  readonly signedMessage: Uint8Array;
  /** Size in octets, sealed or unsealed, whichever is larger: a small compressed message may hold much. */
  readonly octets: number;
};

/**
 * Checks the octets, unseals, reads the head, and compares its headers with those outside. Throws `Refusal`, and
 * PosthornError `unreadable-content`.
 */
export async function unsealMessage(
  services: Pick<Services, 'pgp' | 'mime'>,
  mailbox: Pick<Mailbox, 'identity'>,
  o: { raw: Uint8Array; mailFrom?: MailAddress },
): Promise<UnsealedMessage> {
  const outer = await services.mime.parseOuter(o.raw);
  if (outer.outcome === 'refused') throw new Refusal(replyToMimeRefusal(outer.reason));
  if (o.mailFrom && onionOf(outer.from) !== onionOf(o.mailFrom)) throw new Refusal(smtpReplies.envelopeDiffers);
  const { keys, retired } = mailbox.identity();
  const decrypted = await services.pgp.decrypt({
    sealed: outer.sealed,
    secretKey: keys.secretKey,
    retired: retired.map(({ secretKey }) => secretKey),
    from: outer.from,
  });
  if (decrypted.outcome === 'refused') throw new Refusal(replyToDecryptRefusal(decrypted.reason));
  const { content, signedMessage } = decrypted;
  const head = await services.mime.readHead(content);
  if (head.outcome === 'refused') throw new Refusal(replyToMimeRefusal(head.reason));
  if (head.from !== outer.from || head.messageId !== outer.messageId) throw new Refusal(smtpReplies.headersDiffer);
  return { head, content, signedMessage, octets: Math.max(o.raw.length, content.length) };
}

function replyToDecryptRefusal(reason: Extract<DecryptOutcome, { outcome: 'refused' }>['reason']): SmtpReply {
  if (reason === 'too-large') return smtpReplies.tooLarge;
  return reason === 'not-signed' ? smtpReplies.notSigned : smtpReplies.notReadable;
}
