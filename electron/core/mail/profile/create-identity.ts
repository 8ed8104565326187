import { PosthornError } from '../../../../shared/errors';
import { IdentityId, MailAddress } from '../../../../shared/ids';
import type { IdentityColour } from '../../../../shared/identity';
import { defaultKeyPolicy } from '../../../../shared/key-life';
import { newSubkey, nextKeyDay } from '../keys/new-key';
import { firstCertified, restored } from '../keys/renew-certification';
import { MAX_IDENTITIES } from '../../domain/limits';
import { FIRST_KEY_TIME } from '../../domain/published-time';
import type { Vault, VaultIdentity } from '../../ports/storage/vault';
import type { Services } from '../mailbox';

/**
 * Makes a new identity: onion seed, OpenPGP key certified by the onion, database key; all random, so that nothing links
 * it to another. `restored`: with the seed of a paper key, so another copy may be online. The vault has it when this
 * resolves. Throws `too-many` past 50.
 */
export async function createIdentity(
  services: Pick<Services, 'clock' | 'random' | 'pgp' | 'onionKeys'>,
  vault: Vault,
  o: { localPart: string; label: string; colour: IdentityColour; restored?: { readonly onionSeed: Uint8Array } },
): Promise<VaultIdentity> {
  if (vault.identities().length >= MAX_IDENTITIES) {
    throw new PosthornError('too-many', 'A profile may hold 50 identities. No identity was created.');
  }
  const onionSeed = o.restored?.onionSeed ?? services.random.bytes(32);
  const address = MailAddress.parse(`${o.localPart}@${services.onionKeys.onionOf(onionSeed)}`);
  const now = services.clock.now();
  const certified = o.restored ? restored(services) : firstCertified(services);
  const identity: VaultIdentity = {
    id: IdentityId.parse(services.random.uuid()),
    address,
    label: o.label,
    colour: o.colour,
    paused: false,
    createdAt: now,
    onionSeed,
    keys: await services.pgp.generateIdentityKeys({
      address,
      onionSeed,
      now: certified.certifiedAt,
      createdAt: o.restored ? nextKeyDay(services) : FIRST_KEY_TIME,
    }),
    databaseKey: services.random.bytes(32),
    ...newKeyFacts(services),
    ...certified,
    mayBeElsewhere: o.restored !== undefined,
  };
  vault.addIdentity(identity);
  return identity;
}

/** The facts of a key that was made just now. */
function newKeyFacts(
  services: Pick<Services, 'clock' | 'random'>,
): Pick<VaultIdentity, 'keyPolicy' | 'subkeyMadeAt' | 'rotationShare' | 'retired' | 'revoked' | 'showsVouchers'> {
  return {
    keyPolicy: defaultKeyPolicy,
    ...newSubkey(services),
    retired: [],
    revoked: false,
    showsVouchers: false,
  };
}
