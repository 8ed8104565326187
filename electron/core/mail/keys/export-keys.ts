import type { Mailbox, Services } from '../mailbox';

/**
 * The armored public key block with its onion certification, and the onion's certifying key, for other OpenPGP
 * programs.
 */
export async function exportPublicKey(
  services: Pick<Services, 'pgp'>,
  mailbox: Pick<Mailbox, 'identity'>,
): Promise<{ key: string; certifyingKey: string }> {
  const { keys, onionSeed } = mailbox.identity();
  return {
    key: await services.pgp.armorPublicKey(keys.publicKey),
    certifyingKey: await services.pgp.exportCertifyingKey({ onionSeed }),
  };
}

/** The armored secret key, locked with a passphrase the person chose for it. */
export async function exportSecretKey(
  services: Pick<Services, 'pgp'>,
  mailbox: Pick<Mailbox, 'identity'>,
  passphrase: string,
): Promise<{ key: string }> {
  const { secretKey, publicKey } = mailbox.identity().keys;
  return { key: await services.pgp.exportSecretKey({ secretKey, publicKey, passphrase }) };
}
