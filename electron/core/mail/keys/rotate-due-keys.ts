import { MAX_RETIRED_KEYS } from '../../domain/limits';
import type { RetiredSecret } from '../../ports/keys';
import type { Vault, VaultIdentity, VaultIdentityChange } from '../../ports/storage/vault';
import { isFromFuture, nextCertifiedAt, renewCertification } from './renew-certification';
import type { Services } from '../mailbox';
import { DAY_MS } from '../../domain/time';

type AgeServices = Pick<Services, 'clock' | 'pgp'>;

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
  const isFull = retired.length >= MAX_RETIRED_KEYS;
  if (isRotationDue(identity, now) && !identity.mayBeElsewhere && !isFull)
    return rotatedKeys(services, { ...identity, retired });
  return { ...destroyed, ...(await renewCertification(services, identity)) };
}

/** The change that gives an identity a new encryption subkey and retires the old one. */
export async function rotatedKeys(services: AgeServices, identity: VaultIdentity): Promise<VaultIdentityChange> {
  const { keys, address, onionSeed } = identity;
  const now = services.clock.now();
  const at = nextCertifiedAt(now, identity);
  const rotated = await services.pgp.rotateSubkey({ keys, address, onionSeed, now: at });
  const retired = { ...rotated.retired, retiredAt: now };
  return { keys: rotated.keys, certifiedAt: at, subkeyMadeAt: now, retired: [retired, ...identity.retired] };
}

/** When the next rotation is due by the policy, milliseconds; undefined: never. */
export function rotatesAt({
  keyPolicy,
  subkeyMadeAt,
  revoked,
}: Pick<VaultIdentity, 'keyPolicy' | 'subkeyMadeAt' | 'revoked'>): number | undefined {
  return keyPolicy.rotateEveryDays === 0 || revoked ? undefined : subkeyMadeAt + keyPolicy.rotateEveryDays * DAY_MS;
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

/** A subkey from a clock that ran far ahead cannot be used by any peer, so it is rotated too. */
function isRotationDue(identity: VaultIdentity, now: number): boolean {
  const due = rotatesAt(identity);
  return due !== undefined && (due <= now || isFromFuture(identity.subkeyMadeAt, now));
}
