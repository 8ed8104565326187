import type { GuestKeyProblem } from '../../../../../shared/guests/guest-key';
import { drawnTime, isFromFuture } from '../../../domain/published-time';
import type { GuestKey, KeptGuest } from '../../../ports/storage/guests';
import { certifiedFrom, renewsAt, restored } from '../../keys/renew-certification';
import type { Services } from '../../mailbox';

type CertifyServices = Pick<Services, 'clock' | 'random' | 'pgp'>;
type Hosted = { readonly guest: KeptGuest; readonly onionSeed: Uint8Array };

/**
 * Certifies a key for the address of a guest, at a time that is later than every earlier one: receivers refuse what is
 * not.
 */
export async function certifyGuest(
  services: CertifyServices,
  { guest, onionSeed, block }: Hosted & { readonly block: Uint8Array },
): Promise<
  | { readonly outcome: 'certified'; readonly key: GuestKey }
  | { readonly outcome: 'refused'; readonly problem: GuestKeyProblem }
> {
  const now = services.clock.now();
  const last = guest.key?.certifiedAt ?? 0;
  const at = drawnTime({ now, last, fraction: services.random.fraction() });
  return certifyAt(services, { guest, onionSeed, block, at });
}

/** The key with a fresh certification when one is due, dated to the time that was planned for it; else undefined. */
export async function renewGuest(
  services: CertifyServices,
  { guest, onionSeed }: Hosted,
): Promise<GuestKey | undefined> {
  const { key } = guest;
  const now = services.clock.now();
  if (!key || (renewsAt(key) > now && !isFromFuture(key.certifiedAt, now))) return undefined;
  if (key.certifiedAt === 0) return restoredKey(services, of(guest, onionSeed, key));
  if (isFromFuture(key.certifiedAt, now)) return keyOf(await certifyGuest(services, of(guest, onionSeed, key)));
  let newest: Pick<GuestKey, 'certifiedAt' | 'renewAfterMs'> = key;
  while (renewsAt(newest) <= now) newest = certifiedFrom(services, renewsAt(newest));
  return keyOf(await certifyAt(services, { ...of(guest, onionSeed, key), at: newest.certifiedAt }));
}

/** From a backup: nobody knows what another copy has certified until now. */
async function restoredKey(services: CertifyServices, o: ReturnType<typeof of>): Promise<GuestKey | undefined> {
  const { certifiedAt: at, renewAfterMs } = restored(services);
  const key = keyOf(await certifyAt(services, { ...o, at }));
  return key && { ...key, renewAfterMs };
}

const of = (guest: KeptGuest, onionSeed: Uint8Array, { publicKey }: GuestKey) => ({
  guest,
  onionSeed,
  block: publicKey,
});

/** A key that has expired meanwhile is left as it is: the guest is to give another one. */
const keyOf = (certified: Awaited<ReturnType<typeof certifyGuest>>): GuestKey | undefined =>
  certified.outcome === 'certified' ? certified.key : undefined;

async function certifyAt(
  services: CertifyServices,
  o: Hosted & { readonly block: Uint8Array; readonly at: number },
): ReturnType<typeof certifyGuest> {
  const { guest, onionSeed, block, at } = o;
  const now = services.clock.now();
  const { address } = guest;
  const certified = await services.pgp.certifyGuestKey({ block, address, onionSeed, now, certifiedAt: at });
  if (certified.outcome === 'refused') return certified;
  const { publicKey, fingerprint, certifiedAt } = certified;
  return { outcome: 'certified', key: { publicKey, fingerprint, ...certifiedFrom(services, certifiedAt) } };
}
