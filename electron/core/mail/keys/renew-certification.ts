import { drawnTime, drawRenewal, firstCertification, isFromFuture, restoredTime } from '../../domain/published-time';
import { DAY_MS } from '../../domain/time';
import type { VaultIdentity, VaultIdentityChange } from '../../ports/storage/vault';
import type { Services } from '../mailbox';

type TimeServices = Pick<Services, 'clock' | 'random'>;
/** When the newest certification was made, in its own words, and how long it stays the newest. */
type Certified = Pick<VaultIdentity, 'certifiedAt' | 'renewAfterMs'>;

/**
 * The time, milliseconds, of a change of keys that the person makes now, for every signature in it. Receivers refuse a
 * certification that is older than the last they know, so the time always grows.
 */
export function changeTime(
  { clock, random }: TimeServices,
  { certifiedAt }: Pick<VaultIdentity, 'certifiedAt'>,
): number {
  return drawnTime({ now: clock.now(), last: certifiedAt, fraction: random.fraction() });
}

/** What the vault keeps of a certification of this time; draws when the next is due. */
export function certifiedFrom({ random }: Pick<Services, 'random'>, at: number): Certified {
  return { certifiedAt: at, renewAfterMs: drawRenewal({ fraction: random.fraction() }) };
}

/** What the vault keeps of the first certification of a new identity. */
export function firstCertified({ clock, random }: TimeServices): Certified {
  return firstCertification({ now: clock.now(), age: random.fraction(), fraction: random.fraction() });
}

/** When the next certification is due, milliseconds. */
export function renewsAt({ certifiedAt, renewAfterMs }: Certified): number {
  return certifiedAt + Math.max(renewAfterMs, DAY_MS);
}

/**
 * A fresh onion certification for the same key when one is due; otherwise an empty change. It carries the time that was
 * planned for it, also when the program was closed then: the day on which a profile was opened is the same for all its
 * identities, and none of them must tell it.
 */
export async function renewCertification(
  services: Pick<Services, 'clock' | 'random' | 'pgp'>,
  identity: VaultIdentity,
): Promise<VaultIdentityChange> {
  const { address, keys, onionSeed } = identity;
  const due = dueCertification(services, identity);
  if (!due) return {};
  return { ...due, keys: await services.pgp.recertify({ keys, address, onionSeed, now: due.certifiedAt }) };
}

function dueCertification(services: TimeServices, identity: VaultIdentity): Certified | undefined {
  const now = services.clock.now();
  if (identity.certifiedAt === 0) return restored(services);
  if (isFromFuture(identity.certifiedAt, now)) return certifiedFrom(services, changeTime(services, identity));
  let newest: Certified = identity;
  for (let due = renewsAt(newest); due <= now; due = renewsAt(newest)) newest = certifiedFrom(services, due);
  return newest === identity ? undefined : newest;
}

/** Of an identity from a backup or from paper: nobody knows what another copy of it has certified until now. */
export function restored({ clock, random }: TimeServices): Certified & Pick<VaultIdentity, 'rotationShare'> {
  return {
    certifiedAt: restoredTime({ now: clock.now(), fraction: random.fraction() }),
    renewAfterMs: drawRenewal({ fraction: random.fraction(), isRestored: true }),
    rotationShare: random.fraction(),
  };
}
