import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { MailAddress } from '../../../../shared/ids';
import { MAX_CLOCK_SKEW_MS } from '../../domain/limits';
import { MAX_KEY_BLOCK_BYTES, MAX_SIGNATURES_IN_BLOCK } from '../../domain/key-limits';
import type { KeyCheck } from '../../ports/pgp';
import { encodeArmor } from '../packets/armor';
import { checkKeyBlock } from './check-key-block';
import { generateIdentityKeys } from './identity-key';
import { readKeyBlock, writeKeyBlock, type RawPart } from './key-block';
import { certifyingSecretKey, userIdPacket } from './onion-certifying-key';
import { PublicKeyPacket, enums, generateKey, SignaturePacket } from '../packets/openpgp-library';
import { PROFILE } from '../packets/openpgp-profile';
import { concatBytes } from '../packets/packet-framing';
import { readSecretKeyBlock } from './secret-key-block';
import { SIGNATURE, makeSignature, verifies, type RawSignature } from '../packets/signatures';
import { openWorkshop, readBack, weakSignature, withType, type Workshop } from '../testing/forgery';
import { DAY, NOW, addressOf, makeIdentity, seedOf, type TestIdentity } from '../testing/own-identity';
import { growth, LINEAR } from '../../testing/growth';

const YEAR_SECONDS = 365 * 24 * 60 * 60;

let alice: TestIdentity;
let bob: TestIdentity;
let shop: Workshop;

beforeAll(async () => {
  [alice, bob] = await Promise.all([makeIdentity('alice', 1), makeIdentity('bob', 2)]);
  shop = await openWorkshop(alice);
});

/** Alice's block with some of its parts replaced. */
function block(
  parts: { primary?: RawSignature[]; userId?: RawSignature[]; more?: RawPart[]; subkeys?: readonly RawPart[] } = {},
): Uint8Array {
  const userId: RawPart = {
    packet: { tag: 13, body: shop.userId.write() },
    signatures: parts.userId ?? [shop.self, shop.onion],
  };
  const primary = { ...shop.raw.primary, signatures: parts.primary ?? [] };
  return writeKeyBlock([primary, userId, ...(parts.more ?? []), ...(parts.subkeys ?? shop.raw.subkeys)]);
}

function check(
  bytes: Uint8Array,
  o: { now?: number; newestSeen?: number; address?: MailAddress } = {},
): Promise<KeyCheck> {
  return checkKeyBlock({ block: bytes, address: alice.address, now: NOW, ...o });
}

function certification(
  o: { type?: number; at?: number; over?: object; seconds?: number; set?: (fields: SignaturePacket) => void } = {},
) {
  return makeSignature({
    key: shop.certifier,
    type: o.type ?? SIGNATURE.positive,
    over: o.over ?? { key: shop.primary, userID: shop.userId },
    at: o.at ?? NOW,
    set: (fields) => {
      fields.signatureExpirationTime = o.seconds ?? YEAR_SECONDS;
      fields.signatureNeverExpires = false;
      o.set?.(fields);
    },
  });
}

async function expectRefusal(
  bytes: Uint8Array,
  reason: string,
  o: { now?: number; newestSeen?: number; address?: MailAddress } = {},
): Promise<void> {
  expect(await check(bytes, o)).toMatchObject({ outcome: 'refused', reason });
}

describe('a good key block', () => {
  it('is certified, binary and armored, with headers and other line ends', async () => {
    const armored = Buffer.from(encodeArmor('PGP PUBLIC KEY BLOCK', block())).toString();
    const dressed = `hello\n${armored.replaceAll('\r\n', '\n').replace('-----\n\n', '-----\nVersion: GnuPG v2\nComment: hi\n\n')}\nbye\n`;
    for (const bytes of [block(), Buffer.from(armored), Buffer.from(dressed)]) {
      expect(await check(bytes)).toMatchObject({
        outcome: 'certified',
        certifiedAt: NOW,
        expiresAt: NOW + 365 * DAY,
        fingerprint: alice.keys.fingerprint,
      });
    }
  });

  it('is cut down to what was verified, and stays the same the second time', async () => {
    const stranger = await makeSignature({
      key: (await openWorkshop(bob)).primary,
      type: 0x13,
      over: { key: shop.primary, userID: shop.userId },
      at: NOW,
    });
    const first = await check(block({ userId: [shop.self, stranger, shop.onion], primary: [stranger] }));
    if (first.outcome !== 'certified') throw new Error(first.reason);
    expect(Buffer.from(first.publicKey)).toEqual(Buffer.from(block()));
    const second = await check(first.publicKey);
    expect(second.outcome === 'certified' && Buffer.from(second.publicKey)).toEqual(Buffer.from(first.publicKey));
  });

  it('is found among several keys', async () => {
    const both = concatBytes([bob.keys.publicKey, alice.keys.publicKey]);
    expect(await check(both)).toMatchObject({ outcome: 'certified', fingerprint: alice.keys.fingerprint });
    await expectRefusal(bob.keys.publicKey, 'user-id-differs');
  });

  it('gives way to a key that the onion certified later', async () => {
    const newer = await generateIdentityKeys({ address: alice.address, onionSeed: alice.seed, now: NOW + DAY });
    for (const blocks of [
      [newer.publicKey, alice.keys.publicKey],
      [alice.keys.publicKey, newer.publicKey],
    ]) {
      expect(await check(concatBytes(blocks), { now: NOW + DAY })).toMatchObject({
        outcome: 'certified',
        fingerprint: newer.fingerprint,
      });
    }
  });

  it('counts its newest certification, whatever junk claims to be newer', async () => {
    const newer = await certification({ at: NOW + 60_000 });
    const junk = withType(await certification({ type: 0x10, at: NOW + DAY / 2 }), 0x13);
    const found = await check(block({ userId: [shop.self, shop.onion, newer, junk] }), { now: NOW + DAY });
    expect(found).toMatchObject({ outcome: 'certified', certifiedAt: NOW + 60_000 });
  });
});

describe('the onion certification', () => {
  it('must be there', () => expectRefusal(block({ userId: [shop.self] }), 'not-certified'));

  it('must come from the onion in the address', async () => {
    const key = await certifyingSecretKey(seedOf(3));
    const foreign = await makeSignature({ key, type: 0x13, over: { key: shop.primary, userID: shop.userId }, at: NOW });
    await expectRefusal(block({ userId: [shop.self, foreign] }), 'not-certified');
    await expectRefusal(block(), 'user-id-differs', { address: addressOf('alice', seedOf(3)) });
  });

  it('does not count when a subkey made it', async () => {
    const { secretKey } = await withSigningSubkey();
    const signer = (await readSecretKeyBlock(secretKey)).subkeys.find(
      (subkey) => subkey.algorithm === enums.publicKey.eddsaLegacy,
    );
    if (signer === undefined) throw new Error('no signing subkey');
    const bySubkey = await makeSignature({
      key: signer,
      type: 0x13,
      over: { key: shop.primary, userID: shop.userId },
      at: NOW,
    });
    await expectRefusal(block({ userId: [shop.self, bySubkey] }), 'not-certified');
  });

  it.each([0x10, 0x11, 0x12])('must be of type 0x13, not %i', async (type) => {
    await expectRefusal(block({ userId: [shop.self, await certification({ type })] }), 'certification-wrong-type');
  });

  it.each([0x18, 0x1f, 0x19])('must be of type 0x13, not %i made over the key', async (type) => {
    const other = await certification({ type, over: { key: shop.primary, bind: shop.subkey } });
    await expectRefusal(block({ userId: [shop.self, other] }), 'certification-wrong-type');
  });

  it.each([0x10, 0x18, 0x1f, 0x30])('is not made from type %i by writing over the type', async (type) => {
    const forged = withType(
      await certification({ type, over: { key: shop.primary, userID: shop.userId, bind: shop.subkey } }),
      0x13,
    );
    await expectRefusal(block({ userId: [shop.self, forged] }), 'certification-invalid');
  });

  it('is not carried over from another key, even right after the good one was verified', async () => {
    const mallory = await openWorkshop({
      ...alice,
      keys: await generateIdentityKeys({ address: alice.address, onionSeed: alice.seed, now: NOW }),
    });
    const userId = { packet: { tag: 13, body: shop.userId.write() }, signatures: [mallory.self, shop.onion] };
    expect((await check(block())).outcome).toBe('certified');
    await expectRefusal(writeKeyBlock([mallory.raw.primary, userId, ...mallory.raw.subkeys]), 'certification-invalid');
    const good = { key: shop.certifier, type: 0x13, over: { key: shop.primary, userID: shop.userId } };
    expect(await verifies(shop.onion, good)).toBe(true);
    expect(await verifies(shop.onion, { ...good, over: { key: mallory.primary, userID: shop.userId } })).toBe(false);
    expect(await verifies(shop.onion, { ...good, type: 0x10 })).toBe(false);
  });

  it.each(['sha1', 'md5'] as const)('must not be made with %s', async (hash) => {
    const weak = await weakSignature({
      key: shop.certifier,
      type: 0x13,
      over: { key: shop.primary, userID: shop.userId },
      at: NOW,
      hash,
    });
    await expectRefusal(block({ userId: [shop.self, weak] }), 'weak-hash');
  });

  it('must not have expired, nor last for ever or for years', async () => {
    await expectRefusal(block(), 'certification-expired', { now: NOW + 365 * DAY });
    await expectRefusal(block({ userId: [shop.self, await certification({ seconds: 0 })] }), 'certification-invalid');
    await expectRefusal(
      block({ userId: [shop.self, await certification({ seconds: 2 * YEAR_SECONDS })] }),
      'certification-invalid',
    );
  });

  it('must not be from the future, but for clocks that go wrong', async () => {
    const soon = await certification({ at: NOW + MAX_CLOCK_SKEW_MS - 1000 });
    expect((await check(block({ userId: [shop.self, soon] }))).outcome).toBe('certified');
    const far = await certification({ at: NOW + MAX_CLOCK_SKEW_MS + 1000 });
    await expectRefusal(block({ userId: [shop.self, far] }), 'certification-future');
  });

  it('must be exportable', async () => {
    const local = await certification({ set: (fields) => (fields.exportable = false) });
    await expectRefusal(block({ userId: [shop.self, local] }), 'certification-not-exportable');
  });

  it('must not be older than the newest ever seen', async () => {
    await expectRefusal(block(), 'rolled-back', { newestSeen: NOW + 1000 });
    expect((await check(block(), { newestSeen: NOW })).outcome).toBe('certified');
  });

  it('is ended by a revocation that is not older', async () => {
    const revocation = (at: number) => certification({ type: 0x30, at });
    await expectRefusal(block({ userId: [shop.self, shop.onion, await revocation(NOW)] }), 'key-revoked');
    await expectRefusal(block({ userId: [shop.self, await revocation(NOW)] }), 'key-revoked');
    const renewed = await certification({ at: NOW + 1000 });
    expect((await check(block({ userId: [shop.self, renewed, await revocation(NOW)] }))).outcome).toBe('certified');
  });
});

describe('the key itself', () => {
  it('has one User ID, the address', async () => {
    const userIdPart = (text: string): RawPart => ({
      packet: { tag: 13, body: userIdPacket(text).write() },
      signatures: [shop.self, shop.onion],
    });
    await expectRefusal(block({ more: [userIdPart('<bob@example.org>')] }), 'not-one-user-id');
    await expectRefusal(block({ more: [userIdPart(`<${alice.address}>`)] }), 'not-one-user-id');
    await expectRefusal(
      block({ more: [{ packet: { tag: 17, body: Uint8Array.of(2, 1, 0) }, signatures: [] }] }),
      'not-one-user-id',
    );
    await expectRefusal(writeKeyBlock([shop.raw.primary, ...shop.raw.subkeys]), 'not-one-user-id');
    for (const before of [
      'Bob <bob@example.org> ',
      'bob@example.org ',
      '<',
      'Alice',
      'A\u202ece ',
      ' ',
      `${'x'.repeat(101)} `,
    ]) {
      await expectRefusal(await blockWithUserId(`${before}<${alice.address}>`), 'user-id-differs');
    }
    await expectRefusal(await blockWithUserId(`Alice <${alice.address}> `), 'user-id-differs');
    await expectRefusal(await blockWithUserId(`<x${alice.address}>`), 'user-id-differs');
    await expectRefusal(await blockWithUserId(`<${alice.address.toUpperCase()}>`), 'user-id-differs');
    for (const text of [alice.address, `Alice <${alice.address}>`, `Zoë (at home) <${alice.address}>`]) {
      expect((await check(await blockWithUserId(text))).outcome).toBe('certified');
    }
  });

  it('signs its User ID itself, and not with SHA-1', async () => {
    await expectRefusal(block({ userId: [shop.onion] }), 'certification-invalid');
    const over = { key: shop.primary, userID: shop.userId };
    const weak = await weakSignature({ key: shop.primary, type: 0x13, over, at: NOW, hash: 'sha1' });
    await expectRefusal(block({ userId: [weak, shop.onion] }), 'weak-hash');
  });

  it('is refused once revoked, as a whole or by its User ID', async () => {
    const revocation = await makeSignature({ key: shop.primary, type: 0x20, over: { key: shop.primary }, at: NOW });
    await expectRefusal(block({ primary: [revocation] }), 'key-revoked');
    const ofUserId = await makeSignature({
      key: shop.primary,
      type: 0x30,
      over: { key: shop.primary, userID: shop.userId },
      at: NOW,
    });
    await expectRefusal(block({ userId: [shop.self, shop.onion, ofUserId] }), 'key-revoked');
    const byBob = await makeSignature({
      key: (await openWorkshop(bob)).primary,
      type: 0x20,
      over: { key: shop.primary },
      at: NOW,
    });
    expect((await check(block({ primary: [byBob] }))).outcome).toBe('certified');
  });

  it('is refused once expired', async () => {
    const expiring = await makeSignature({
      key: shop.primary,
      type: 0x13,
      over: { key: shop.primary, userID: shop.userId },
      at: NOW + 1000,
      set: (fields) => {
        fields.keyFlags = Uint8Array.of(3);
        fields.keyExpirationTime = 2 * 24 * 60 * 60;
      },
    });
    const bytes = block({ userId: [shop.self, expiring, shop.onion] });
    expect((await check(bytes, { now: NOW + DAY })).outcome).toBe('certified');
    await expectRefusal(bytes, 'key-expired', { now: NOW + 2 * DAY });
  });

  it('is named beside a good one of the address, and decides over a copy that says nothing of it', async () => {
    const revocation = await makeSignature({ key: shop.primary, type: 0x20, over: { key: shop.primary }, at: NOW });
    const newer = await generateIdentityKeys({ address: alice.address, onionSeed: alice.seed, now: NOW + DAY });
    const revoked = block({ primary: [revocation] });
    const bare = block({ primary: [revocation], userId: [shop.self] });
    for (const [blocks, proof] of [
      [[revoked, newer.publicKey], { isOfAddress: true }],
      [[newer.publicKey, revoked], { isOfAddress: true }],
      [[bare, newer.publicKey], {}],
    ] as const)
      expect(await check(concatBytes(blocks), { now: NOW + DAY })).toMatchObject({
        outcome: 'certified',
        fingerprint: newer.fingerprint,
        revoked: [{ fingerprint: alice.keys.fingerprint, ...proof }],
      });
    for (const blocks of [
      [block(), revoked],
      [bare, block()],
    ])
      expect(await check(concatBytes(blocks))).toMatchObject({
        outcome: 'refused',
        reason: 'key-revoked',
        fingerprint: alice.keys.fingerprint,
        isOfAddress: true,
      });
    expect(await check(block())).not.toHaveProperty('revoked');
  });

  it('is told of the key that says most, when several are refused', async () => {
    const future = await generateIdentityKeys({ address: alice.address, onionSeed: alice.seed, now: NOW + 9 * DAY });
    const uncertified = block({ userId: [shop.self] });
    for (const blocks of [
      [uncertified, future.publicKey, bob.keys.publicKey],
      [future.publicKey, uncertified],
    ])
      await expectRefusal(concatBytes(blocks), 'certification-future');
    await expectRefusal(concatBytes([bob.keys.publicKey, uncertified]), 'not-certified');
  });

  it('is taken with packets in it that say nothing', async () => {
    const packets = readKeyBlock(block())!;
    expect(packets).toHaveLength(1);
    const nothing = [10, 12, 21, 40, 63].flatMap((tag) => [0xc0 | tag, 3, 0x50, 0x47, 0x50]);
    const dressed = concatBytes([block(), Uint8Array.from(nothing)]);
    expect(await check(dressed)).toMatchObject({ outcome: 'certified', fingerprint: alice.keys.fingerprint });
    const many = concatBytes([
      block(),
      Uint8Array.from({ length: 2 * 6_000 }, (_, at) => (at % 2 === 0 ? 0xc0 | 10 : 0)),
    ]);
    expect(await check(many)).toMatchObject({ outcome: 'certified' });
  });

  it('has a subkey to encrypt to that is bound, in force and not revoked', async () => {
    const [part] = shop.raw.subkeys;
    if (part === undefined) throw new Error('no subkey');
    const over = { key: shop.primary, bind: shop.subkey };
    await expectRefusal(block({ subkeys: [] }), 'no-encryption-key');
    await expectRefusal(block({ subkeys: [{ ...part, signatures: [] }] }), 'no-encryption-key');
    const revoked = await makeSignature({ key: shop.primary, type: 0x28, over, at: NOW });
    await expectRefusal(block({ subkeys: [{ ...part, signatures: [shop.binding, revoked] }] }), 'no-encryption-key');
    const weak = await weakSignature({ key: shop.primary, type: 0x18, over, at: NOW, hash: 'sha1' });
    await expectRefusal(block({ subkeys: [{ ...part, signatures: [weak] }] }), 'no-encryption-key');
    const byBob = await makeSignature({
      key: (await openWorkshop(bob)).primary,
      type: 0x18,
      over,
      at: NOW,
      set: (fields) => (fields.keyFlags = Uint8Array.of(12)),
    });
    await expectRefusal(block({ subkeys: [{ ...part, signatures: [byBob] }] }), 'no-encryption-key');
  });

  it('keeps a signing subkey only with its back-signature', async () => {
    const { publicKey, secretKey } = await withSigningSubkey();
    const raw = readKeyBlock(publicKey)![0]!;
    const signing = raw.subkeys.find((part) => part.signatures[0]?.fields.embeddedSignature !== null)!;
    const { primary, subkeys } = await readSecretKeyBlock(secretKey);
    const subkey = subkeys.find((one) => one.algorithm === enums.publicKey.eddsaLegacy)!;
    const bare = await makeSignature({
      key: primary,
      type: 0x18,
      over: { key: primary, bind: subkey },
      at: NOW,
      set: (fields) => (fields.keyFlags = Uint8Array.of(2)),
    });
    const sizes: number[] = [];
    for (const part of [signing, { ...signing, signatures: [bare] }]) {
      const others = raw.subkeys.filter((one) => one !== signing);
      const found = await check(await certified(raw.primary, raw.userIds[0]!.signatures, [...others, part]));
      if (found.outcome !== 'certified') throw new Error(found.reason);
      sizes.push(readKeyBlock(found.publicKey)![0]!.subkeys.length);
    }
    expect(sizes).toEqual([2, 1]);
  });
});

describe('a hostile block', () => {
  it('is unreadable when it is no public key', async () => {
    const armoredSecret = encodeArmor('PGP PRIVATE KEY BLOCK', alice.keys.secretKey);
    const mislabelled = encodeArmor('PGP PUBLIC KEY BLOCK', alice.keys.secretKey);
    const noise = Uint8Array.from({ length: 3000 }, (_, index) => (index * 7919) % 256);
    for (const bytes of [
      alice.keys.secretKey,
      armoredSecret,
      mislabelled,
      new Uint8Array(),
      noise,
      Buffer.from('no key'),
    ]) {
      await expectRefusal(bytes, 'unreadable');
    }
  });

  it('is unreadable when it is too large', () =>
    expectRefusal(concatBytes([block(), new Uint8Array(256 * 1024)]), 'unreadable'));

  it('never throws and is never certified, wherever it is cut or one bit is turned before its certification', async () => {
    const whole = block();
    for (let at = 0; at < whole.length; at += 7) {
      expect((await check(whole.subarray(0, at))).outcome).toBe('refused');
      const turned = Uint8Array.from(whole);
      turned[at] = (turned[at] ?? 0) ^ 0x10;
      const found = await check(turned);
      // A changed block may only pass when what was changed did not survive into the answer.
      if (found.outcome === 'certified') expect(Buffer.from(found.publicKey).equals(turned)).toBe(false);
    }
  });

  it('with certifications by strangers is read without verifying them, at a cost that grows with their number', async () => {
    const stranger = await certificationByStranger();
    const flooded = (count: number): Uint8Array => block({ userId: [shop.self, ...many(count, stranger), shop.onion] });
    const blocks = { 1: flooded(475), 4: flooded(1_900) };
    const found = await check(blocks[4]);
    expect(found.outcome === 'certified' && found.publicKey.length).toBe(block().length);
    expect(await verifications(() => check(blocks[4]))).toBe(await verifications(() => check(block())));
    expect(await growth((amount) => check(blocks[amount]))).toBeLessThan(LINEAR);
  });

  it.each([
    ['1,900 certifications that claim to be the onion’s', () => [shop.self, ...many(1_900, shop.onion)]],
    ['1,900 certifications that claim to be the key’s own', () => [...many(1_900, shop.self), shop.onion]],
    ['10,000 certifications', () => [shop.self, ...many(10_000, shop.onion)]],
  ])('with %s is refused without verifying them', async (_what, userId) => {
    const flooded = block({ userId: userId() });
    const usual = await verifications(() => check(block()));
    expect(await verifications(() => expectRefusal(flooded, 'unreadable'))).toBeLessThan(usual);
  });

  it.each(['its own', 'of another fingerprint'])(
    'with signatures that fail last, of issuers %s, costs few verifications',
    async (issuer) => {
      const other = Buffer.alloc(20, 7);
      const spoilt = async (type: number, over: object): Promise<RawSignature> => {
        const set = (fields: SignaturePacket): void => {
          if (issuer !== 'its own') Object.assign(fields, { issuerKeyVersion: 4, issuerFingerprint: other });
        };
        const made = await makeSignature({ key: shop.primary, type, over, at: NOW, set });
        const body = Uint8Array.from(made.body);
        body[body.length - 3]! ^= 1;
        return readBack(body);
      };
      const over = { key: shop.primary };
      const [subkey] = shop.raw.subkeys;
      const bad = await spoilt(SIGNATURE.subkeyRevocation, { ...over, bind: shop.subkey });
      const rebound = await spoilt(SIGNATURE.subkeyBinding, { ...over, bind: shop.subkey });
      const hostile = block({
        primary: many(50, await spoilt(SIGNATURE.keyRevocation, over)),
        userId: [
          ...many(48, await spoilt(SIGNATURE.certificationRevocation, { ...over, userID: shop.userId })),
          shop.self,
          shop.onion,
        ],
        subkeys: [
          ...many(19, { packet: subkey!.packet, signatures: [...many(25, bad), ...many(24, rebound)] }),
          subkey!,
        ],
      });
      const blocks = [hostile, concatBytes(many(4, hostile)).subarray(0, MAX_KEY_BLOCK_BYTES)];
      for (const each of blocks)
        expect(await verifications(() => check(each))).toBeLessThanOrEqual(MAX_SIGNATURES_IN_BLOCK);
    },
  );

  it('with years of its own signatures is certified all the same', async () => {
    const renewed = await Promise.all(
      Array.from({ length: 40 }, (_, year) =>
        makeSignature({
          key: shop.primary,
          type: SIGNATURE.positive,
          over: { key: shop.primary, userID: shop.userId },
          at: NOW - year * DAY,
        }),
      ),
    );
    const [subkey] = shop.raw.subkeys;
    const subkeys = [{ packet: subkey!.packet, signatures: many(45, subkey!.signatures[0]!) }];
    const old = block({ userId: [shop.self, ...renewed, ...many(45, shop.onion)], subkeys });
    expect((await check(old)).outcome).toBe('certified');
  });

  it('with more keys than an onion can have is unreadable', async () => {
    await expectRefusal(concatBytes(Array.from({ length: 20 }, () => block())), 'unreadable');
  });
});

const many = <T>(length: number, one: T): T[] => Array.from({ length }, () => one);

/** How many signatures are verified while this is done. */
async function verifications(work: () => Promise<unknown>): Promise<number> {
  const verify = vi.spyOn(SignaturePacket.prototype as unknown as { verify(): Promise<void> }, 'verify');
  await work();
  const count = verify.mock.calls.length;
  verify.mockRestore();
  return count;
}

async function certificationByStranger(): Promise<RawSignature> {
  return makeSignature({
    key: (await openWorkshop(bob)).primary,
    type: 0x13,
    over: { key: shop.primary, userID: shop.userId },
    at: NOW,
  });
}

async function blockWithUserId(text: string): Promise<Uint8Array> {
  const userID = userIdPacket(text);
  const over = { key: shop.primary, userID };
  const flags = (fields: SignaturePacket): void => {
    fields.keyFlags = Uint8Array.of(3);
  };
  const self = await makeSignature({ key: shop.primary, type: 0x13, over, at: NOW, set: flags });
  const onion = await certification({ over });
  return writeKeyBlock([
    shop.raw.primary,
    { packet: { tag: 13, body: userID.write() }, signatures: [self, onion] },
    ...shop.raw.subkeys,
  ]);
}

function withSigningSubkey(): Promise<{ publicKey: Uint8Array; secretKey: Uint8Array }> {
  const options = {
    type: 'ecc',
    curve: 'ed25519Legacy',
    userIDs: { email: alice.address },
    subkeys: [{}, { sign: true }],
  } as const;
  return generateKey({
    ...options,
    subkeys: [...options.subkeys],
    date: new Date(NOW - DAY),
    format: 'binary',
    config: PROFILE,
  }).then(({ publicKey, privateKey }) => ({ publicKey, secretKey: privateKey }));
}

/** Another key for Alice's address, certified by her onion. */
async function certified(
  primaryPart: RawPart,
  self: readonly RawSignature[],
  subkeys: readonly RawPart[],
): Promise<Uint8Array> {
  const [raw] = readKeyBlock(writeKeyBlock([primaryPart])) ?? [];
  if (raw === undefined) throw new Error('no key');
  const key = new PublicKeyPacket();
  await key.read(raw.primary.packet.body);
  const onion = await certification({ over: { key, userID: shop.userId } });
  const userId = { packet: { tag: 13, body: shop.userId.write() }, signatures: [...self, onion] };
  return writeKeyBlock([primaryPart, userId, ...subkeys]);
}
