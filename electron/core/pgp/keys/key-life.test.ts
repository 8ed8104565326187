import { beforeAll, describe, expect, it } from 'vitest';
import { present } from '../../../../shared/present';
import type { IdentityKeys } from '../../ports/keys';
import type { KeyCheck } from '../../ports/pgp';
import { checkKeyBlock } from './check-key-block';
import { decrypt } from '../messages/decrypt';
import { recertify } from './identity-key';
import { readKeyBlock } from './key-block';
import { readOwnKey, renewKey, replaceKey, revokeKey, rotateSubkey } from './key-life';
import { certifyingKeyOf, userIdPacket } from './onion-certifying-key';
import { openOwnKey } from './own-key';
import { concatBytes } from '../packets/packet-framing';
import { seal } from '../messages/seal';
import { SIGNATURE, claimsIssuer, verifies } from '../packets/signatures';
import { DAY, NOW, makeIdentity, seedOf, type TestIdentity } from '../testing/own-identity';

const CONTENT = Buffer.from('Content-Type: text/plain\r\n\r\nStill readable.\r\n');
const DAY_START = NOW - (NOW % DAY);

let alice: TestIdentity;
let common: { address: TestIdentity['address']; onionSeed: Uint8Array };

beforeAll(async () => {
  alice = await makeIdentity('alice', 1);
  common = { address: alice.address, onionSeed: alice.seed };
});

function check(keys: IdentityKeys, now: number, newestSeen?: number): Promise<KeyCheck> {
  const floor = present({ newestSeen });
  return checkKeyBlock({ block: keys.publicKey, address: alice.address, now, ...floor });
}

function sealTo(publicKey: Uint8Array, now: number): Promise<Uint8Array> {
  return seal({ content: CONTENT, secretKey: alice.keys.secretKey, recipients: [publicKey], now });
}

describe('own key', () => {
  it('tells of itself', async () => {
    const facts = await readOwnKey({ keys: alice.keys, address: alice.address });
    expect(facts).toMatchObject({
      createdAt: DAY_START,
      revoked: false,
      certificationExpiresAt: NOW + 365 * DAY - (NOW % 1000),
    });
    expect(facts.expiresAt).toBeUndefined();
    expect(facts.subkey).toMatchObject({ createdAt: DAY_START });
  });

  it('is not changed with the seed of another onion, or for another address', async () => {
    const wrong = { keys: alice.keys, address: alice.address, onionSeed: seedOf(2), now: NOW };
    const refusal = { code: 'address-invalid' };
    await expect(renewKey(wrong)).rejects.toMatchObject(refusal);
    await expect(rotateSubkey(wrong)).rejects.toMatchObject(refusal);
    await expect(replaceKey(wrong)).rejects.toMatchObject(refusal);
    await expect(revokeKey({ ...wrong, reason: 'retired' })).rejects.toMatchObject(refusal);
    const bob = await makeIdentity('bob', 2);
    await expect(readOwnKey({ keys: alice.keys, address: bob.address })).rejects.toMatchObject(refusal);
    await expect(
      readOwnKey({ keys: { ...alice.keys, publicKey: Uint8Array.of(1) }, address: alice.address }),
    ).rejects.toMatchObject(refusal);
  });
});

describe('renewing', () => {
  it('sets when the key expires, and takes it away again', async () => {
    const ends = NOW + 30 * DAY - (NOW % 1000);
    const renewed = await renewKey({ ...common, keys: alice.keys, expiresAt: ends, now: NOW + DAY });
    expect(renewed.fingerprint).toBe(alice.keys.fingerprint);
    expect((await readOwnKey({ keys: renewed, address: alice.address })).expiresAt).toBe(ends);
    expect(await check(renewed, NOW + DAY)).toMatchObject({ outcome: 'certified', certifiedAt: NOW + DAY });
    expect(await check(renewed, ends)).toEqual({
      outcome: 'refused',
      reason: 'key-expired',
      fingerprint: alice.keys.fingerprint,
    });

    const again = await renewKey({ ...common, keys: renewed, now: ends + DAY });
    expect((await readOwnKey({ keys: again, address: alice.address })).expiresAt).toBeUndefined();
    expect((await check(again, ends + DAY)).outcome).toBe('certified');
    expect(readKeyBlock(again.publicKey)![0]!.userIds[0]!.signatures).toHaveLength(2);
  });

  it('leaves the key able to open what was sealed before', async () => {
    const sealed = await sealTo(alice.keys.publicKey, NOW);
    const renewed = await renewKey({ ...common, keys: alice.keys, expiresAt: NOW + 90 * DAY, now: NOW + DAY });
    expect((await decrypt({ sealed, secretKey: renewed.secretKey })).outcome).toBe('decrypted');
  });
});

describe('rotating the encryption subkey', () => {
  it('has senders take the new one, and opens old mail with the old one as long as that is kept', async () => {
    const later = NOW + 180 * DAY;
    const before = await sealTo(alice.keys.publicKey, NOW);
    const { keys, retired } = await rotateSubkey({ ...common, keys: alice.keys, now: later });
    expect(keys.fingerprint).toBe(alice.keys.fingerprint);
    expect(retired).toMatchObject({ kind: 'subkey', retiredAt: later });
    const facts = await readOwnKey({ keys, address: alice.address });
    expect(facts.subkey.createdAt).toBe(later - (later % DAY));
    expect(retired.fingerprint).not.toBe(facts.subkey.fingerprint);

    const checked = await check(keys, later);
    if (checked.outcome !== 'certified') throw new Error(checked.reason);
    const [cutDown] = readKeyBlock(checked.publicKey)!;
    expect(cutDown!.subkeys).toHaveLength(1);
    const after = await sealTo(checked.publicKey, later);
    const { secretKey } = keys;
    expect((await decrypt({ sealed: after, secretKey })).outcome).toBe('decrypted');
    expect(await decrypt({ sealed: after, secretKey: retired.secretKey })).toEqual({
      outcome: 'refused',
      reason: 'not-for-this-key',
    });
    expect((await decrypt({ sealed: before, secretKey, retired: [retired.secretKey] })).outcome).toBe('decrypted');
    expect(await decrypt({ sealed: before, secretKey })).toEqual({ outcome: 'refused', reason: 'not-for-this-key' });
  });

  it('makes the newest win however often it is done in one day, with no more than three old ones shown', async () => {
    let keys = alice.keys;
    const retired: Uint8Array[] = [];
    for (let time = 1; time <= 6; time += 1) {
      const step = await rotateSubkey({ ...common, keys, now: NOW + time * 1000 });
      keys = step.keys;
      retired.unshift(step.retired.secretKey);
      const { subkey } = await readOwnKey({ keys, address: alice.address });
      expect(subkey.createdAt).toBe(DAY_START + time * 1000);
      const checked = await check(keys, NOW + time * 1000);
      if (checked.outcome !== 'certified') throw new Error(checked.reason);
      const sealed = await sealTo(checked.publicKey, NOW + time * 1000);
      expect((await decrypt({ sealed, secretKey: keys.secretKey })).outcome).toBe('decrypted');
    }
    expect(readKeyBlock(keys.publicKey)![0]!.subkeys).toHaveLength(4);
    const first = await sealTo(alice.keys.publicKey, NOW);
    expect((await decrypt({ sealed: first, secretKey: keys.secretKey, retired })).outcome).toBe('decrypted');
  });

  it('keeps the expiry of the key', async () => {
    const ends = NOW + 400 * DAY - (NOW % 1000);
    const renewed = await renewKey({ ...common, keys: alice.keys, expiresAt: ends, now: NOW + 1000 });
    const { keys } = await rotateSubkey({ ...common, keys: renewed, now: NOW + 2000 });
    expect((await readOwnKey({ keys, address: alice.address })).expiresAt).toBe(ends);
  });

  it('ends the old one even in the first second of its day', async () => {
    const midnight = await makeIdentity('night', 5, DAY_START);
    const o = { address: midnight.address, onionSeed: midnight.seed };
    const { keys } = await rotateSubkey({ ...o, keys: midnight.keys, now: DAY_START });
    const [raw] = readKeyBlock(keys.publicKey)!;
    expect(raw!.subkeys[1]!.signatures[0]!.fields.keyExpirationTime).toBe(1);
    const fresh = await readOwnKey({ keys, address: midnight.address });
    const checked = await checkKeyBlock({ block: keys.publicKey, address: midnight.address, now: DAY_START + 2000 });
    if (checked.outcome !== 'certified') throw new Error(checked.reason);
    const { encryption } = await openOwnKey({
      keys: { ...keys, publicKey: checked.publicKey },
      address: midnight.address,
    });
    expect(encryption[0]!.key.getFingerprint().toUpperCase()).toBe(fresh.subkey.fingerprint);
  });
});

describe('replacing the key', () => {
  it('makes another key under the same address that the one before vouches for', async () => {
    const later = NOW + 3 * DAY;
    const { keys, retired } = await replaceKey({ ...common, keys: alice.keys, now: later });
    expect(keys.fingerprint).not.toBe(alice.keys.fingerprint);
    expect(retired).toEqual({
      fingerprint: alice.keys.fingerprint,
      kind: 'key',
      retiredAt: later,
      ...pick(alice.keys),
    });
    expect(await check(keys, later)).toMatchObject({
      outcome: 'certified',
      fingerprint: keys.fingerprint,
      certifiedAt: later,
    });

    const old = await openOwnKey({ keys: alice.keys, address: alice.address });
    const fresh = await openOwnKey({ keys, address: alice.address });
    const [voucher] = fresh.userId.signatures.filter((each) => claimsIssuer(each, old.publicPrimary));
    expect(voucher!.fields.exportable).not.toBe(false);
    const over = { key: fresh.publicPrimary, userID: userIdPacket(`<${alice.address}>`) };
    expect(await verifies(voucher!, { key: old.publicPrimary, type: SIGNATURE.positive, over })).toBe(true);
  });

  it('refuses the old key from then on', async () => {
    const { keys } = await replaceKey({ ...common, keys: alice.keys, now: NOW + DAY });
    const checked = await check(keys, NOW + DAY);
    if (checked.outcome !== 'certified') throw new Error(checked.reason);
    expect(await check(alice.keys, NOW + DAY, checked.certifiedAt)).toEqual({
      outcome: 'refused',
      reason: 'rolled-back',
    });
    const both = concatBytes([alice.keys.publicKey, keys.publicKey]);
    expect(await checkKeyBlock({ block: both, address: alice.address, now: NOW + DAY })).toMatchObject({
      fingerprint: keys.fingerprint,
    });
  });

  it('has no word of a revoked key for the new one', async () => {
    const revoked = await revokeKey({ ...common, keys: alice.keys, reason: 'compromised', now: NOW + DAY });
    const { keys } = await replaceKey({ ...common, keys: revoked, now: NOW + DAY + 1000 });
    expect(readKeyBlock(keys.publicKey)![0]!.userIds[0]!.signatures).toHaveLength(2);
  });
});

describe('revoking the key', () => {
  const at = NOW + 5 * DAY;

  it('ends it for everybody, with the reason and the time', async () => {
    const flags = { superseded: 1, compromised: 2, retired: 3 } as const;
    for (const [reason, flag] of Object.entries(flags)) {
      const revoked = await revokeKey({ ...common, keys: alice.keys, reason: reason as keyof typeof flags, now: at });
      expect(await check(revoked, at)).toEqual({
        outcome: 'refused',
        reason: 'key-revoked',
        fingerprint: alice.keys.fingerprint,
        isOfAddress: true,
        revokedAt: at,
      });
      const [raw] = readKeyBlock(revoked.publicKey)!;
      expect(raw!.primary.signatures[0]!.fields.reasonForRevocationFlag).toBe(flag);
      expect((await readOwnKey({ keys: revoked, address: alice.address })).revoked).toBe(true);
    }
  });

  it('cannot be undone by an older block, nor by a later certification', async () => {
    const revoked = await revokeKey({ ...common, keys: alice.keys, reason: 'retired', now: at });
    expect(await check(alice.keys, at, at)).toEqual({ outcome: 'refused', reason: 'rolled-back' });
    const recertified = await recertify({ ...common, keys: revoked, now: at + DAY });
    expect(await check(recertified, at + DAY)).toMatchObject({ outcome: 'refused', reason: 'key-revoked' });
  });

  it('does not hurt the key that came after it', async () => {
    const revoked = await revokeKey({ ...common, keys: alice.keys, reason: 'retired', now: at });
    const { keys } = await replaceKey({ ...common, keys: revoked, now: at + 1000 });
    expect((await check(keys, at + 1000, at)).outcome).toBe('certified');
    const both = concatBytes([revoked.publicKey, keys.publicKey]);
    expect(
      await checkKeyBlock({ block: both, address: alice.address, now: at + 1000, newestSeen: at + 1000 }),
    ).toMatchObject({ fingerprint: keys.fingerprint });
    const replayed = await check(revoked, at + DAY, at + 1000);
    expect(replayed).toMatchObject({ reason: 'key-revoked', fingerprint: alice.keys.fingerprint, revokedAt: at });
  });

  it('tells of a time only on the word of the onion', async () => {
    const revoked = await revokeKey({ ...common, keys: alice.keys, reason: 'retired', now: at });
    const certifier = await certifyingKeyOf(alice.address);
    const [raw] = readKeyBlock(revoked.publicKey)!;
    const byOnion = raw!.userIds[0]!.signatures.filter((each) => claimsIssuer(each, certifier));
    expect(byOnion.map(({ type }) => type)).toEqual([SIGNATURE.positive, SIGNATURE.certificationRevocation]);
    // From the future, for another address: no word of this onion at this time.
    expect(await check(revoked, at - 3 * DAY)).toEqual({
      outcome: 'refused',
      reason: 'key-revoked',
      fingerprint: alice.keys.fingerprint,
      isOfAddress: true,
    });
    const bob = await makeIdentity('bob', 2);
    const elsewhere = await checkKeyBlock({ block: revoked.publicKey, address: bob.address, now: at });
    expect(elsewhere).toEqual({ outcome: 'refused', reason: 'user-id-differs' });
  });
});

function pick({ secretKey, publicKey }: IdentityKeys): Pick<IdentityKeys, 'secretKey' | 'publicKey'> {
  return { secretKey, publicKey };
}
