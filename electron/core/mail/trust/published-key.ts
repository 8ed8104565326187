import type { PublicKeyBlock } from '../../ports/keys';
import type { Mailbox, Services } from '../mailbox';

/** Most certifications that are handed out with a key, so that it stays small. */
const MAX_SHOWN = 200;

/**
 * An identity's key as it is handed out: with its onion certification, and with certifications by other people only
 * when the user chose to show them.
 */
export async function publishedKey(
  services: Pick<Services, 'pgp'>,
  mailbox: Pick<Mailbox, 'keyring' | 'identity'>,
): Promise<PublicKeyBlock> {
  const { keys, showsVouchers } = mailbox.identity();
  if (!showsVouchers) return keys.publicKey;
  const shown = mailbox.keyring
    .certificationsOn(keys.fingerprint)
    .filter((each) => each.verified && each.exportable)
    .sort((a, b) => b.createdAt - a.createdAt)
    .slice(0, MAX_SHOWN);
  return services.pgp.withCertifications({ block: keys.publicKey, bodies: shown.map(({ body }) => body) });
}
