import { MAX_RETIRED_KEYS } from '../../domain/key-limits';
import { drawnTime, isFromFuture, rotationAfter } from '../../domain/published-time';
import type { RetiredSecret } from '../../ports/keys';
import type { Vault, VaultIdentity, VaultIdentityChange } from '../../ports/storage/vault';
import { certifiedFrom, renewCertification, renewsAt } from './renew-certification';
import type { Services } from '../mailbox';
import { DAY_MS, SECOND_MS } from '../../domain/time';

type AgeServices = Pick<Services, 'clock' | 'random' | 'pgp'>;

/** Writes what is due for the keys of an identity that is about to be opened. */
export async function rotateDueKeys(
  services: AgeServices,
  o: { readonly vault: Vault; readonly identity: VaultIdentity },
): Promise<void> {
  const change = await dueKeys(services, o.identity);
  if (Object.keys(change).length > 0) o.vault.updateIdentity(o.identity.id, change);
}

/**
 * What is due by the identity's policy: old secrets are destroyed, the encryption subkey is rotated, the certification
 * re-issued. A revoked key gets no new subkey or certification. A key that another copy of the identity may still use
 * gets no new subkey: that copy would not know it.
 */
export async function dueKeys(services: AgeServices, identity: VaultIdentity): Promise<VaultIdentityChange> {
  const now = services.clock.now();
  const retired = keptSecrets(identity, now);
  const destroyed = retired.length < identity.retired.length ? { retired } : {};
  if (identity.revoked) return destroyed;
  const isAllowed = !identity.mayBeElsewhere && retired.length < MAX_RETIRED_KEYS;
  const due = isAllowed ? dueRotation(services, identity) : undefined;
  const rotated = due === undefined ? {} : await rotatedKeys(services, { ...identity, retired }, due);
  return { ...destroyed, ...rotated, ...(await renewCertification(services, { ...identity, retired, ...rotated })) };
}

/**
 * The change that gives an identity a new encryption subkey and retires the old one. `at`: when it was due; absent: the
 * person wants it now.
 */
export async function rotatedKeys(
  services: AgeServices,
  identity: VaultIdentity,
  at: number = rotationTime(services, identity),
): Promise<VaultIdentityChange> {
  const { keys, address, onionSeed, certifiedAt } = identity;
  const now = services.clock.now();
  const signedAt = isFromFuture(certifiedAt, now) ? at : Math.max(at, certifiedAt + SECOND_MS);
  const rotated = await services.pgp.rotateSubkey({ keys, address, onionSeed, now: signedAt });
  return {
    keys: rotated.keys,
    ...certifiedFrom(services, signedAt),
    subkeyMadeAt: at,
    rotationShare: services.random.fraction(),
    // By our own clock: how long an old secret is kept is nobody else's matter.
    retired: [{ ...rotated.retired, retiredAt: now }, ...identity.retired],
  };
}

/** A subkey that the person wants now is dated back by so many days at most. */
const MAX_DAYS_BACK = 60;

/**
 * A subkey is dated to the day, so the day itself is drawn, later than that of the one before. Of two months: who gives
 * two identities new subkeys on one evening would be found by two that lie as near as a week. Nobody has sealed to it
 * before, so it may be that old; but it must not be due already.
 */
function rotationTime({ clock, random }: AgeServices, { subkeyMadeAt, keyPolicy }: VaultIdentity): number {
  const { rotateEveryDays } = keyPolicy;
  const days = rotateEveryDays === 0 ? MAX_DAYS_BACK : Math.min(MAX_DAYS_BACK, rotateEveryDays / 3);
  return drawnTime({ now: clock.now(), last: subkeyMadeAt, fraction: random.fraction(), days });
}

/** When something of these keys is due next, milliseconds; Infinity: never. */
export function nextKeyChange(identity: VaultIdentity): number {
  const ends = identity.retired.map((each) => destroyedAt(identity.keyPolicy, each) ?? Infinity);
  const renews = identity.revoked ? [] : [renewsAt(identity), rotatesAt(identity) ?? Infinity];
  return Math.min(Infinity, ...ends, ...renews);
}

/** When the next rotation is due by the policy, milliseconds; undefined: never. */
export function rotatesAt({
  keyPolicy: { rotateEveryDays: days },
  subkeyMadeAt,
  rotationShare: fraction,
  revoked,
}: Pick<VaultIdentity, 'keyPolicy' | 'subkeyMadeAt' | 'rotationShare' | 'revoked'>): number | undefined {
  return days === 0 || revoked ? undefined : subkeyMadeAt + rotationAfter({ days, fraction });
}

/** When a retired secret is destroyed by the policy, milliseconds; undefined: never. */
export function destroyedAt(
  { keepOldDays }: VaultIdentity['keyPolicy'],
  { retiredAt }: Pick<RetiredSecret, 'retiredAt'>,
): number | undefined {
  return keepOldDays === 0 ? undefined : retiredAt + keepOldDays * DAY_MS;
}

/** The retired secrets whose time is not over. */
export function keptSecrets(
  { keyPolicy, retired }: Pick<VaultIdentity, 'keyPolicy' | 'retired'>,
  now: number,
): RetiredSecret[] {
  return retired.filter((each) => (destroyedAt(keyPolicy, each) ?? Infinity) > now);
}

/**
 * The time for a new subkey, when one is due: the last that was planned until now, also when the program was closed
 * then. A subkey from a clock that ran far ahead cannot be used by any peer, so it is rotated too.
 */
function dueRotation({ clock, random }: AgeServices, identity: VaultIdentity): number | undefined {
  const now = clock.now();
  if (rotatesAt(identity) === undefined) return undefined;
  if (isFromFuture(identity.subkeyMadeAt, now)) return drawnTime({ now, last: 0, fraction: random.fraction() });
  let newest: number | undefined;
  let planned = identity;
  for (let due = rotatesAt(planned); due !== undefined && due <= now; due = rotatesAt(planned)) {
    newest = due;
    planned = { ...planned, subkeyMadeAt: due, rotationShare: random.fraction() };
  }
  return newest;
}
