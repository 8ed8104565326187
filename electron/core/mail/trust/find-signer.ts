import type { MailAddress } from '../../../../shared/ids';
import { MAX_CHECKED_KEY_BLOCKS } from '../../domain/limits';
import { mailboxOf } from '../../domain/mail-address';
import type { KeyRefusal } from '../../domain/refusals';
import type { InnerHead } from '../../ports/mime';
import { checkKey, type CertifiedKey } from './learn-key';
import type { Mailbox, Services } from '../mailbox';

export type Signer =
  /**
   * `key` is set when a key that came with the mail was believed, with everything in `block`; without it, the key that
   * we already had made the signature.
   */
  | { readonly outcome: 'certified'; readonly key?: CertifiedKey; readonly block?: Uint8Array }
  | { readonly outcome: 'not-by-sender' }
  | { readonly outcome: 'unknown'; readonly reason: KeyRefusal | undefined };

/**
 * Finds the key that made the message's one signature and that the From onion certifies. Tries the keys inside the seal
 * first, then the one we have for this contact (an old message may carry an older certification than we know).
 */
export async function findSigner(
  services: Pick<Services, 'pgp' | 'clock'>,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring' | 'trust' | 'changes'>,
  o: { head: Extract<InnerHead, { outcome: 'parsed' }>; signedMessage: Uint8Array },
): Promise<Signer> {
  const address = mailboxOf(o.head.from);
  const now = services.clock.now();
  let reason: KeyRefusal | undefined;
  let anyCertified = false;
  const hasSigned = async (publicKey: Uint8Array): Promise<boolean> =>
    (await services.pgp.verify({ signedMessage: o.signedMessage, publicKey, now })).outcome === 'valid';

  for (const block of o.head.keyBlocks.slice(0, MAX_CHECKED_KEY_BLOCKS)) {
    const key = await checkKey(services, mailbox, { block, address });
    if (key.outcome === 'refused') {
      reason = key.reason;
      continue;
    }
    anyCertified = true;
    if (await hasSigned(key.publicKey)) return { outcome: 'certified', key, block };
  }
  const held = await judgeHeldKey(mailbox, address, hasSigned);
  if (held !== 'none') return held;
  return anyCertified ? { outcome: 'not-by-sender' } : { outcome: 'unknown', reason };
}

async function judgeHeldKey(
  mailbox: Pick<Mailbox, 'contacts'>,
  address: MailAddress,
  hasSigned: (publicKey: Uint8Array) => Promise<boolean>,
): Promise<Signer | 'none'> {
  const contact = mailbox.contacts.find(address);
  // The thief of a key goes on signing with it after it was revoked.
  if (contact?.keyState === 'revoked') return { outcome: 'unknown', reason: 'key-revoked' };
  if (!contact?.publicKey) return 'none';
  return (await hasSigned(contact.publicKey)) ? { outcome: 'certified' } : { outcome: 'not-by-sender' };
}
