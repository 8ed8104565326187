import { PosthornError } from '../../../../shared/errors';
import { keyIdOf } from './learn-key';
import type { Mailbox, Services } from '../mailbox';

/**
 * Puts the keys of contacts from before there was a ring into it. Never rejects: a key that is left out is asked for
 * again with the next mail.
 */
export async function completeRing(
  services: Pick<Services, 'clock' | 'pgp' | 'log'>,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring'>,
): Promise<void> {
  try {
    for (const { address, publicKey, fingerprint, keyState } of mailbox.contacts.all()) {
      if (!publicKey || fingerprint === undefined || mailbox.keyring.key(fingerprint)) continue;
      const now = services.clock.now();
      const key = await services.pgp.checkKeyBlock({ block: publicKey, address, now });
      if (key.outcome === 'refused') continue;
      const { certifiedAt, expiresAt } = key;
      const revoked = keyState === 'revoked';
      mailbox.keyring.putKey({
        fingerprint,
        address,
        publicKey,
        keyId: keyIdOf(fingerprint),
        certifiedAt,
        expiresAt,
        revoked,
        seenAt: now,
      });
    }
  } catch (error) {
    services.log.warn('ring.not-completed', { posthorn: error instanceof PosthornError });
  }
}
