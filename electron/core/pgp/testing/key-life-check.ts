import type { IdentityKeys } from '../../ports/keys';
import { createOpenpgpEngine } from '../openpgp-engine';
import { DAY, NOW, addressOf, makeIdentity, seedOf } from './own-identity';

/** For tests: takes one key through its whole life and says how it went; for runtimes that have no test runner. */
export async function keyLifeCheck(): Promise<string[]> {
  const pgp = createOpenpgpEngine();
  const { address, seed: onionSeed, keys } = await makeIdentity('alice', 1);
  const check = async (of: IdentityKeys): Promise<string> => {
    const answer = await pgp.checkKeyBlock({ block: of.publicKey, address, now: NOW + 9 * DAY });
    return answer.outcome === 'certified' ? answer.outcome : answer.reason;
  };
  const sealed = await pgp.seal({
    content: Buffer.from('octets'),
    secretKey: keys.secretKey,
    recipients: [keys.publicKey],
    now: NOW,
  });
  const renewed = await pgp.renewKey({ keys, address, onionSeed, expiresAt: NOW + 99 * DAY, now: NOW + DAY });
  const rotated = await pgp.rotateSubkey({ keys: renewed, address, onionSeed, now: NOW + 2 * DAY });
  const opened = await pgp.decrypt({ sealed, secretKey: rotated.keys.secretKey, retired: [rotated.retired.secretKey] });
  const replaced = await pgp.replaceKey({ keys: rotated.keys, address, onionSeed, now: NOW + 3 * DAY });
  const revoked = await pgp.revokeKey({
    keys: replaced.keys,
    address,
    onionSeed,
    reason: 'retired',
    now: NOW + 4 * DAY,
  });
  const exported = Buffer.from(await pgp.exportSecretKey({ ...rotated.keys, passphrase: 'correct horse' }));
  const there = { address: addressOf('bob', seedOf(2)), onionSeed: seedOf(2), now: NOW + 5 * DAY };
  const [wrong, adopted] = [
    await pgp.adoptKey({ secretKey: exported, passphrase: 'incorrect donkey', ...there }),
    await pgp.adoptKey({ secretKey: exported, passphrase: 'correct horse', ...there }),
  ];
  const problem = wrong.outcome === 'refused' ? wrong.problem : wrong.outcome;
  return [
    await check(renewed),
    await check(rotated.keys),
    opened.outcome,
    await check(replaced.keys),
    await check(revoked),
    problem,
    adopted.outcome,
  ];
}
