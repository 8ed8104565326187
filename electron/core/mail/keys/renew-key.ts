import { refused } from '../../../../shared/errors';
import type { KeyLife } from '../../../../shared/key-life';
import { keyLife, requireInForce } from './key-life';
import type { OwnKeys } from './own-keys';
import { certifiedFrom, changeTime } from './renew-certification';
import type { Services } from '../mailbox';
import { DAY_MS } from '../../domain/time';

/** OpenPGP counts the life of a key in 32 bits of seconds (RFC 9580, 5.2.3.13): 136 years. */
const LONGEST_MS = 100 * 365 * DAY_MS;

/**
 * Sets when the key expires, milliseconds; null: never.
 * @throws PosthornError `trust-refused` for a day that is past or later than a key can last, and for a revoked key
 */
export function renewKey(
  services: Pick<Services, 'clock' | 'random' | 'pgp'>,
  own: OwnKeys,
  expiresAt: number | null,
): Promise<KeyLife> {
  return own.inTurn(async (identity, write) => {
    requireInForce(identity);
    const now = services.clock.now();
    const at = changeTime(services, identity);
    if (expiresAt !== null) requireLaterDay(expiresAt, { now, createdAt: identity.createdAt });
    const { keys, address, onionSeed } = identity;
    const renewed = await services.pgp.renewKey({
      keys,
      address,
      onionSeed,
      now: at,
      ...(expiresAt === null ? {} : { expiresAt }),
    });
    write({ keys: renewed, ...certifiedFrom(services, at) });
    return keyLife(services, own);
  });
}

function requireLaterDay(expiresAt: number, o: { now: number; createdAt: number }): void {
  if (expiresAt < o.now + DAY_MS)
    throw refused(
      'trust-refused',
      'day-past',
      'The key would expire at once, and people could not write to you any more. Choose a later day; nothing was changed.',
    );
  if (expiresAt - Math.min(o.now, o.createdAt) > LONGEST_MS)
    throw refused(
      'trust-refused',
      'day-too-late',
      'No key can last that long. Choose an earlier day, or none; nothing was changed.',
    );
}
