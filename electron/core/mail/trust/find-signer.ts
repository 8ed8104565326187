import type { Fingerprint, MailAddress } from '../../../../shared/ids';
import type { UnprovenSigner } from '../../domain/judge-unproven';
import { MAX_CHECKED_KEY_BLOCKS } from '../../domain/key-limits';
import { mailboxOf } from '../../domain/mail-address';
import type { SignatureRefusal } from '../../domain/refusals';
import type { PublicKeyBlock } from '../../ports/keys';
import type { InnerHead } from '../../ports/mime';
import type { KeyCheck, RevokedKey } from '../../ports/pgp';
import { judgeKey, revokedIn, type CertifiedKey } from './learn-key';
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
  | { readonly outcome: 'unproven'; readonly facts: UnprovenSigner }
) & {
  /** Keys of this address that are proven to be revoked by what came with the mail: for the caller to write. */
  readonly revoked: readonly RevokedKey[];
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
  const keys = await judgeKeys(services, mailbox, { address, blocks: o.head.keyBlocks });
  const revoked = keys.flatMap(revokedIn);
  // A copy of the key without its revocation may stand in the same mail, or be the one that is held.
  const isRevoked = (key: Fingerprint): boolean => revoked.some(({ fingerprint }) => fingerprint === key);
  const signatures: SignatureRefusal[] = [];
  const hasSigned = async (publicKey: Uint8Array): Promise<boolean> => {
    const check = await services.pgp.verify({ signedMessage: o.signedMessage, publicKey, now, from: address });
    if (check.outcome === 'invalid') signatures.push(check.reason);
    return check.outcome === 'valid';
  };
  for (const { block, ...key } of keys) {
    if (key.outcome === 'refused' || isRevoked(key.fingerprint)) continue;
    if (await hasSigned(key.publicKey)) return { outcome: 'certified', by: key.fingerprint, key, block, revoked };
  }
  const held = heldKey(mailbox, address, isRevoked);
  if (typeof held === 'object' && (await hasSigned(held.publicKey)))
    return { outcome: 'certified', by: held.fingerprint, revoked };
  const refusals = keys.flatMap((key) => (key.outcome === 'refused' ? [key.reason] : []));
  return { outcome: 'unproven', facts: { refusals, signatures, isHeldRevoked: held === 'revoked' }, revoked };
}

/** All are judged before any is asked for the signature: what one block revokes counts for the copy in another. */
async function judgeKeys(
  services: Pick<Services, 'pgp' | 'clock'>,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring'>,
  o: { readonly address: MailAddress; readonly blocks: readonly Uint8Array[] },
): Promise<(KeyCheck & { readonly block: Uint8Array })[]> {
  const keys = [];
  for (const block of o.blocks.slice(0, MAX_CHECKED_KEY_BLOCKS))
    keys.push({ ...(await judgeKey(services, mailbox, { block, address: o.address })), block });
  return keys;
}

/** The thief of a key goes on signing with it after it was revoked. */
function heldKey(
  mailbox: Pick<Mailbox, 'contacts'>,
  address: MailAddress,
  isRevoked: (key: Fingerprint) => boolean,
): { readonly fingerprint: Fingerprint; readonly publicKey: PublicKeyBlock } | 'revoked' | undefined {
  const { keyState, fingerprint, publicKey } = mailbox.contacts.find(address) ?? {};
  if (keyState === 'revoked' || (fingerprint !== undefined && isRevoked(fingerprint))) return 'revoked';
  return fingerprint === undefined || publicKey === undefined ? undefined : { fingerprint, publicKey };
}
