import type { KeyImportOutcome } from '../../../../shared/contract/trust-contract';
import { present } from '../../../../shared/present';
import type { IdentityKeys } from '../../ports/keys';
import type { VaultIdentity } from '../../ports/storage/vault';
import { requireRoom } from './key-life';
import { newSubkey } from './new-key';
import type { OwnKeys } from './own-keys';
import { certifiedFrom, changeTime } from './renew-certification';
import { carryWordOver } from './replace-key';
import type { Services } from '../mailbox';

type Refused = Extract<KeyImportOutcome, { outcome: 'refused' }>;

/**
 * Makes an OpenPGP key that the person already has the key of this identity. The old key certifies it and is kept to
 * open old mail. Importing the present key changes nothing. A key that was revoked here stays revoked, whatever the
 * file says.
 * @throws PosthornError `too-many`
 */
export async function importKey(
  services: Pick<Services, 'clock' | 'random' | 'pgp' | 'log'>,
  own: OwnKeys,
  o: { readonly key: Uint8Array; readonly passphrase?: string | undefined },
): Promise<KeyImportOutcome> {
  const refusal = await own.inTurn(async (identity, write): Promise<Refused | undefined> => {
    requireRoom(identity);
    const { keys, address, onionSeed } = identity;
    const now = services.clock.now();
    const at = changeTime(services, identity);
    const passphrase = present({ passphrase: o.passphrase });
    const adopted = await services.pgp.adoptKey({
      secretKey: o.key,
      ...passphrase,
      address,
      onionSeed,
      now: at,
      previous: keys,
    });
    if (adopted.outcome === 'refused') return adopted;
    if (await wasRevoked(services, identity, adopted.keys)) return { outcome: 'refused', problem: 'revoked' };
    if (adopted.keys.fingerprint === keys.fingerprint) return undefined;
    const before = { ...keys, kind: 'key', retiredAt: now } as const;
    write({
      keys: adopted.keys,
      ...certifiedFrom(services, at),
      ...newSubkey(services),
      revoked: false,
      retired: [before, ...identity.retired],
    });
    return undefined;
  });
  if (refusal) return refusal;
  await carryWordOver(services, own.opened);
  own.opened.outbox.dropSealed();
  own.opened.changes.queued();
  return { outcome: 'imported', identity: own.opened.view() };
}

async function wasRevoked(
  services: Pick<Services, 'pgp'>,
  identity: VaultIdentity,
  { fingerprint }: IdentityKeys,
): Promise<boolean> {
  if (identity.keys.fingerprint === fingerprint) return identity.revoked;
  const { address } = identity;
  for (const { fingerprint: old, secretKey, publicKey } of identity.retired) {
    if (old !== fingerprint || !publicKey) continue;
    if ((await services.pgp.readOwnKey({ keys: { fingerprint: old, secretKey, publicKey }, address })).revoked)
      return true;
  }
  return false;
}
