import type { Fingerprint } from '../../../../shared/ids';
import { MAX_CHECKED_KEY_BLOCKS } from '../../domain/key-limits';
import { mailboxOf } from '../../domain/mail-address';
import type { KeyRefusal } from '../../domain/refusals';
import type { InnerHead } from '../../ports/mime';
import type { StoredContact } from '../../ports/storage/mail-records';
import type { SignatureCheck } from '../../ports/pgp';
import { judgeKey, type CertifiedKey, type RefusedKey } from './learn-key';
import type { Mailbox, Services } from '../mailbox';

/** How the signature was judged; nothing of it is written down here. */
export type Signer = (
  | {
      readonly outcome: 'certified';
      /** The primary key that made the signature, or whose subkey did. */
      readonly by: Fingerprint;
      /** Set when a key that came with the mail was believed, with everything in `block`; else it was one we had. */
      readonly key?: CertifiedKey;
      readonly block?: Uint8Array;
    }
  | { readonly outcome: 'not-by-sender' }
  | { readonly outcome: 'unknown'; readonly reason: KeyRefusal | undefined }
  /** The signature, or a key that came with it, is dated at a time that is still to come for our clock. */
  | { readonly outcome: 'too-early' }
) & {
  /**
   * What the keys that came with the mail were refused for; a proven revocation among it is for the caller to write.
   */
  readonly refusals: readonly RefusedKey[];
};

type Question = { readonly head: Extract<InnerHead, { outcome: 'parsed' }>; readonly signedMessage: Uint8Array };

/**
 * Finds the key that made the message's signature and that the From onion certifies. Tries the keys inside the seal
 * first, then the one we have for this contact (an old message may carry an older certification than we know).
 */
export async function findSigner(
  services: Pick<Services, 'pgp' | 'clock'>,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring'>,
  o: Question,
): Promise<Signer> {
  const address = mailboxOf(o.head.from);
  const now = services.clock.now();
  const refusals: RefusedKey[] = [];
  const checks: SignatureCheck[] = [];
  const hasSigned = async (publicKey: Uint8Array): Promise<boolean> => {
    const check = await services.pgp.verify({ signedMessage: o.signedMessage, publicKey, now });
    checks.push(check);
    return check.outcome === 'valid';
  };
  for (const block of o.head.keyBlocks.slice(0, MAX_CHECKED_KEY_BLOCKS)) {
    const key = await judgeKey(services, mailbox, { block, address });
    if (key.outcome === 'refused') refusals.push(key);
    else if (isRevokedBy(refusals, key.fingerprint)) continue;
    else if (await hasSigned(key.publicKey)) return { outcome: 'certified', by: key.fingerprint, key, block, refusals };
  }
  const held = await judgeHeldKey(mailbox.contacts.find(address), refusals, hasSigned);
  if (held !== undefined) return { ...held, refusals };
  if (checks.some(isTooEarly) || refusals.some(({ reason }) => reason === 'certification-future'))
    return { outcome: 'too-early', refusals };
  if (checks.length > 0) return { outcome: 'not-by-sender', refusals };
  return { outcome: 'unknown', reason: refusals.at(-1)?.reason, refusals };
}

function isTooEarly(check: SignatureCheck): boolean {
  return check.outcome === 'invalid' && check.reason === 'future';
}

type Judged =
  | { readonly outcome: 'certified'; readonly by: Fingerprint }
  | { readonly outcome: 'unknown'; readonly reason: KeyRefusal };

async function judgeHeldKey(
  contact: StoredContact | undefined,
  refusals: readonly RefusedKey[],
  hasSigned: (publicKey: Uint8Array) => Promise<boolean>,
): Promise<Judged | undefined> {
  // The thief of a key goes on signing with it after it was revoked.
  if (contact?.keyState === 'revoked' || isRevokedBy(refusals, contact?.fingerprint))
    return { outcome: 'unknown', reason: 'key-revoked' };
  if (contact?.publicKey === undefined || contact.fingerprint === undefined) return undefined;
  return (await hasSigned(contact.publicKey)) ? { outcome: 'certified', by: contact.fingerprint } : undefined;
}

/** A copy of the key without the revocation may stand in the same mail, or be the one that is held. */
function isRevokedBy(refusals: readonly RefusedKey[], key: Fingerprint | undefined): boolean {
  return refusals.some(
    ({ reason, fingerprint }) => reason === 'key-revoked' && key !== undefined && fingerprint === key,
  );
}
