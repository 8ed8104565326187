import { describe, expect, it } from 'vitest';
import type { MailAddress } from '../../../../shared/ids';
import { checkKeyBlock } from './check-key-block';
import { generateIdentityKeys, recertify } from './identity-key';
import { readKeyBlock, readPrimaryKey } from './key-block';
import { DAY, NOW, addressOf, makeIdentity, seedOf } from '../testing/own-identity';

describe('identity key', () => {
  it('is dated to the day, has one User ID without a name, and carries no mark of the program', async () => {
    const { address, keys } = await makeIdentity('alice', 1);
    const raw = readKeyBlock(keys.publicKey)![0]!;
    const primary = (await readPrimaryKey(raw.primary))!;
    expect(primary.created.getTime()).toBe(NOW - (NOW % DAY));
    expect(raw.userIds.map((part) => Buffer.from(part.packet.body).toString())).toEqual([`<${address}>`]);
    const signatures = [...raw.userIds, ...raw.subkeys].flatMap((part) => part.signatures);
    expect(signatures).toHaveLength(3);
    for (const { fields } of signatures) {
      expect(fields.rawNotations).toEqual([]);
      expect(fields.hashAlgorithm).toBe(10);
    }
    const [self, binding] = [raw.userIds[0]!.signatures[0]!, raw.subkeys[0]!.signatures[0]!];
    for (const signature of [self, binding]) expect(signature.fields.created).toEqual(new Date(NOW - (NOW % DAY)));
    expect(self.fields.features).toEqual([1]);
    expect(self.fields).toMatchObject({ preferredHashAlgorithms: [10, 8], isPrimaryUserID: true });
    expect([...(self.fields.keyFlags ?? [])]).toEqual([3]);
    expect(self.fields.preferredSymmetricAlgorithms?.[0]).toBe(9);
  });

  it('can be made for every local part that an address may have', async () => {
    const locals = ["!#$%&'*/=?^_`{|}~+-", 'a.b.c', '0', 'x'.repeat(64), '-', "o'neill+tag"];
    for (const local of locals) {
      const address = addressOf(local, seedOf(4));
      const keys = await generateIdentityKeys({ address, onionSeed: seedOf(4), now: NOW });
      expect((await checkKeyBlock({ block: keys.publicKey, address, now: NOW })).outcome).toBe('certified');
    }
  });

  it('is not made or renewed with the seed of another onion, or for another address', async () => {
    const { address, keys, seed } = await makeIdentity('alice', 1);
    const other = seedOf(2);
    await expect(generateIdentityKeys({ address, onionSeed: other, now: NOW })).rejects.toMatchObject({
      code: 'address-invalid',
    });
    await expect(recertify({ keys, address, onionSeed: other, now: NOW })).rejects.toMatchObject({
      code: 'address-invalid',
    });
    const namesake = addressOf('bob', seed);
    await expect(recertify({ keys, address: namesake, onionSeed: seed, now: NOW })).rejects.toMatchObject({
      code: 'address-invalid',
    });
    const broken = { ...keys, publicKey: Uint8Array.of(1, 2, 3) };
    await expect(recertify({ keys: broken, address, onionSeed: seed, now: NOW })).rejects.toMatchObject({
      code: 'address-invalid',
    });
  });

  it('keeps one onion certification however often it is renewed', async () => {
    const { address, keys, seed } = await makeIdentity('alice', 1);
    let renewed = keys;
    for (let month = 1; month <= 24; month += 1) {
      renewed = await recertify({ keys: renewed, address, onionSeed: seed, now: NOW + month * 30 * DAY });
    }
    // A number with leading zeros is some octets shorter; a second certification would be more than a hundred.
    expect(Math.abs(renewed.publicKey.length - keys.publicKey.length)).toBeLessThan(10);
    expect(renewed.secretKey).toBe(keys.secretKey);
    const check = await checkKeyBlock({
      block: renewed.publicKey,
      address: address satisfies MailAddress,
      now: NOW + 24 * 30 * DAY,
    });
    expect(check).toMatchObject({ outcome: 'certified', certifiedAt: NOW + 24 * 30 * DAY });
  });
});
