import { MAX_CLOCK_SKEW_MS } from '../../domain/limits';
import type { VaultIdentity, VaultIdentityChange } from '../../ports/storage/vault';
import type { Services } from '../mailbox';
import { DAY_MS } from '../../domain/time';

/** PROTOCOL.md 2: valid for a year at most, re-issued monthly. */
export const RENEW_AFTER_MS = 30 * DAY_MS;

/**
 * The time for the next onion certification of an identity, milliseconds. Receivers refuse one that is older than the
 * last they know, and cannot order two of the same second, so the time always grows; except when the last one came from
 * a clock far ahead: every peer refuses that one.
 */
export function nextCertifiedAt(now: number, { certifiedAt }: Pick<VaultIdentity, 'certifiedAt'>): number {
  return isFromFuture(certifiedAt, now) ? now : Math.max(now, certifiedAt + 1000);
}

/**
 * A fresh onion certification for the same key when the present one is a month old or from the future; otherwise an
 * empty change.
 */
export async function renewCertification(
  services: Pick<Services, 'clock' | 'pgp'>,
  identity: VaultIdentity,
): Promise<VaultIdentityChange> {
  const { address, keys, onionSeed, certifiedAt } = identity;
  const now = services.clock.now();
  if (now - certifiedAt < RENEW_AFTER_MS && !isFromFuture(certifiedAt, now)) return {};
  const at = nextCertifiedAt(now, identity);
  return { keys: await services.pgp.recertify({ keys, address, onionSeed, now: at }), certifiedAt: at };
}

/** Whether a time lies farther ahead of `now` than clocks may differ; both in milliseconds. */
export function isFromFuture(time: number, now: number): boolean {
  return time > now + MAX_CLOCK_SKEW_MS;
}
