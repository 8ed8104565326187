import { MAX_CLOCK_SKEW_MS } from '../domain/limits';
import type { Vault, VaultIdentity } from '../ports';
import type { Services } from './services';

/** PROTOCOL.md 2: valid for a year at most, re-issued monthly. */
export const RENEW_AFTER_MS = 30 * 24 * 60 * 60_000;

/**
 * Re-issues the onion certification of an identity when it is a month old; the key stays the same. So too when it was issued by a
 * clock that ran far ahead: every peer refuses such a one, and none has kept it as the newest.
 */
export async function renewCertification(
  services: Pick<Services, 'clock' | 'pgp'>,
  o: { vault: Vault; identity: VaultIdentity },
): Promise<void> {
  const { id, address, keys, onionSeed, certifiedAt } = o.identity;
  const now = services.clock.now();
  const isFromFuture = certifiedAt > now + MAX_CLOCK_SKEW_MS;
  if (now - certifiedAt < RENEW_AFTER_MS && !isFromFuture) return;
  o.vault.updateIdentity(id, { keys: await services.pgp.recertify({ keys, address, onionSeed, now }), certifiedAt: now });
}
