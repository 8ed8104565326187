import { beforeAll, describe, expect, it } from 'vitest';
import { present } from '../../../../shared/present';
import { MAX_CLOCK_SKEW_MS } from '../../domain/limits';
import type { SignatureCheck } from '../../ports/pgp';
import { readKeyBlock, writeKeyBlock, type RawPart } from '../keys/key-block';
import { literalOf } from '../packets/literal-data';
import { enums, generateKey, type SecretSubkeyPacket, type SignaturePacket } from '../packets/openpgp-library';
import { PROFILE } from '../packets/openpgp-profile';
import { joinPackets } from '../packets/packet-framing';
import { readSecretKeyBlock } from '../keys/secret-key-block';
import { makeSignature, type RawSignature } from '../packets/signatures';
import { openWorkshop, readBack, signedPackets, weakSignature, type Workshop } from '../testing/forgery';
import { DAY, NOW, makeIdentity, type TestIdentity } from '../testing/own-identity';
import { verify } from './verify-signature';

const CONTENT = Buffer.from('Content-Type: text/plain\r\n\r\nWe meet at noon.\r\n');

let alice: TestIdentity;
let shop: Workshop;

beforeAll(async () => {
  alice = await makeIdentity('alice', 1);
  shop = await openWorkshop(alice);
});

function sign(o: { type?: number; at?: number; set?: (fields: SignaturePacket) => void } = {}): Promise<RawSignature> {
  const set = present({ set: o.set });
  return makeSignature({ key: shop.primary, type: o.type ?? 0, over: literalOf(CONTENT), at: o.at ?? NOW, ...set });
}

function check(
  signature: RawSignature,
  o: { content?: Uint8Array; onePass?: Uint8Array; publicKey?: Uint8Array; now?: number } = {},
): Promise<SignatureCheck> {
  const onePass = present({ onePass: o.onePass });
  const signedMessage = joinPackets(signedPackets({ signature, content: o.content ?? CONTENT, ...onePass }));
  return verify({ signedMessage, publicKey: o.publicKey ?? alice.keys.publicKey, now: o.now ?? NOW });
}

describe('a message signature', () => {
  it('is valid by the key it names, for the octets it was made over', async () => {
    const signature = await sign();
    expect(await check(signature)).toEqual({ outcome: 'valid', signedAt: NOW - (NOW % 1000) });
    expect(await check(signature, { content: Buffer.from('something else') })).toEqual({
      outcome: 'invalid',
      reason: 'bad-signature',
    });
    expect(await check(signature, { content: Buffer.from(CONTENT.toString().replaceAll('\r\n', '\n')) })).toMatchObject(
      { reason: 'bad-signature' },
    );
  });

  it('may be over text, whose line ends are those of the wire', async () => {
    const signature = await sign({ type: 0x01 });
    expect(await check(signature)).toMatchObject({ outcome: 'valid' });
    const otherEnds = Buffer.from(CONTENT.toString().replaceAll('\r\n', '\n'));
    expect(await check(signature, { content: otherEnds })).toMatchObject({ outcome: 'valid' });
    for (const other of ['We meet at noon', 'We meet at noon. ', ' We meet at noon.'])
      expect(await check(signature, { content: Buffer.from(CONTENT.toString().replace(/We.*/, other)) })).toMatchObject(
        {
          reason: 'bad-signature',
        },
      );
  });

  it.each([0x02, 0x13, 0x40])('must be over a document, not of type %i', async (type) => {
    const over = { ...literalOf(CONTENT), key: shop.primary, userID: shop.userId };
    const signature =
      type === 0x13 ? await makeSignature({ key: shop.primary, type, over, at: NOW }) : retyped(await sign(), type);
    expect(await check(signature)).toEqual({ outcome: 'invalid', reason: 'wrong-type' });
  });

  it('is not turned into a binary one by writing over its type', async () => {
    expect(await check(retyped(await sign({ type: 0x01 }), 0x00))).toEqual({
      outcome: 'invalid',
      reason: 'bad-signature',
    });
  });

  it.each(['sha256', 'sha384', 'sha512', 'sha3_256', 'sha3_512'] as const)('may be made with %s', async (hash) => {
    const signature = await sign({ set: (fields) => (fields.hashAlgorithm = enums.hash[hash]) });
    expect(readBack(signature.body).fields.hashAlgorithm).toBe(enums.hash[hash]);
    expect(await check(signature)).toMatchObject({ outcome: 'valid' });
  });

  it.each(['sha1', 'md5'] as const)('must not be made with %s', async (hash) => {
    const signature = await weakSignature({ key: shop.primary, type: 0, over: literalOf(CONTENT), at: NOW, hash });
    expect(await check(signature)).toEqual({ outcome: 'invalid', reason: 'weak-hash' });
  });

  it('counts beside signatures of others, wherever it stands among them', async () => {
    const bob = await openWorkshop(await makeIdentity('bob', 2));
    const his = await makeSignature({ key: bob.primary, type: 0, over: literalOf(CONTENT), at: NOW });
    const broken = await makeSignature({ key: shop.primary, type: 0, over: literalOf(Buffer.from('else')), at: NOW });
    const mine = await sign();
    const around = (signatures: readonly RawSignature[]): Promise<SignatureCheck> => {
      const packets = signatures.map((signature) => signedPackets({ signature, content: CONTENT }));
      const signedMessage = joinPackets([
        ...packets.flatMap(([onePass]) => onePass ?? []),
        ...(packets[0]?.slice(1, 2) ?? []),
        ...packets.reverse().flatMap(([, , signature]) => signature ?? []),
      ]);
      return verify({ signedMessage, publicKey: alice.keys.publicKey, now: NOW });
    };
    for (const good of [
      [mine, his],
      [his, mine],
      [his, mine, his],
      [broken, mine],
      [mine, broken],
    ])
      expect(await around(good)).toMatchObject({ outcome: 'valid' });
    expect(await around([his])).toEqual({ outcome: 'invalid', reason: 'wrong-key' });
    expect(await around([his, broken])).toEqual({ outcome: 'invalid', reason: 'bad-signature' });
  });

  it('must name its key, by fingerprint or key ID', async () => {
    const bob = await makeIdentity('bob', 2);
    expect(await check(await sign(), { publicKey: bob.keys.publicKey })).toEqual({
      outcome: 'invalid',
      reason: 'wrong-key',
    });
    const byKeyId = await sign({ set: withoutFingerprint });
    expect(byKeyId.fields.issuerFingerprint).toBeNull();
    expect(await check(byKeyId)).toMatchObject({ outcome: 'valid' });
    expect(await check(byKeyId, { publicKey: bob.keys.publicKey })).toMatchObject({ reason: 'wrong-key' });
  });

  it('must not come from the future, nor from before its key', async () => {
    expect(await check(await sign({ at: NOW + MAX_CLOCK_SKEW_MS - 1000 }))).toMatchObject({ outcome: 'valid' });
    expect(await check(await sign({ at: NOW + MAX_CLOCK_SKEW_MS + 1000 }))).toEqual({
      outcome: 'invalid',
      reason: 'future',
    });
    expect(await check(await sign({ at: NOW - 2 * DAY }))).toEqual({ outcome: 'invalid', reason: 'bad-signature' });
  });

  it('must agree with its one-pass packet', async () => {
    const signature = await sign();
    const [onePass] = signedPackets({ signature, content: CONTENT });
    for (const index of [0, 1, 2, 3, 7]) {
      const changed = Uint8Array.from(onePass?.body ?? []);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(await check(signature, { onePass: changed })).toEqual({ outcome: 'invalid', reason: 'bad-signature' });
    }
  });

  it('does not count with an unknown critical notation, or once expired', async () => {
    const notation = { name: 'x@example.org', value: Uint8Array.of(1), humanReadable: false, critical: true };
    expect(await check(await sign({ set: (fields) => fields.rawNotations.push(notation) }))).toMatchObject({
      reason: 'bad-signature',
    });
    const short = (fields: SignaturePacket): void => {
      fields.signatureExpirationTime = 60;
      fields.signatureNeverExpires = false;
    };
    expect(await check(await sign({ set: short }), { now: NOW + 61_000 })).toMatchObject({ reason: 'expired' });
  });

  it('does not count by a revoked or expired key', async () => {
    const revocation = await makeSignature({ key: shop.primary, type: 0x20, over: { key: shop.primary }, at: NOW });
    const revoked = writeKeyBlock([
      { ...shop.raw.primary, signatures: [revocation] },
      ...shop.raw.userIds,
      ...shop.raw.subkeys,
    ]);
    expect(await check(await sign(), { publicKey: revoked })).toEqual({ outcome: 'invalid', reason: 'key-revoked' });
    const over = { key: shop.primary, userID: shop.userId };
    const expiring = await makeSignature({
      key: shop.primary,
      type: 0x13,
      over,
      at: NOW,
      set: (fields) => (fields.keyExpirationTime = 2 * 24 * 60 * 60),
    });
    const userId = { packet: { tag: 13, body: shop.userId.write() }, signatures: [expiring, shop.onion] };
    const expired = writeKeyBlock([shop.raw.primary, userId, ...shop.raw.subkeys]);
    expect(await check(await sign(), { publicKey: expired, now: NOW + 3 * DAY })).toEqual({
      outcome: 'invalid',
      reason: 'key-expired',
    });
  });

  it('counts by a subkey only with its back-signature', async () => {
    const { block, subkey, binding, primary } = await withSigningSubkey();
    const signature = await makeSignature({ key: subkey, type: 0, over: literalOf(CONTENT), at: NOW });
    expect(await check(signature, { publicKey: block([binding]) })).toMatchObject({ outcome: 'valid' });
    const flags = (fields: SignaturePacket): void => {
      fields.keyFlags = Uint8Array.of(2);
    };
    const bare = await makeSignature({
      key: primary,
      type: 0x18,
      over: { key: primary, bind: subkey },
      at: NOW,
      set: flags,
    });
    expect(await check(signature, { publicKey: block([bare]) })).toEqual({ outcome: 'invalid', reason: 'wrong-key' });
    const stolen = await makeSignature({
      key: primary,
      type: 0x18,
      over: { key: primary, bind: subkey },
      at: NOW,
      set: (fields) => {
        flags(fields);
        fields.embeddedSignature = shop.self.fields;
      },
    });
    expect(await check(signature, { publicKey: block([stolen]) })).toEqual({ outcome: 'invalid', reason: 'wrong-key' });
    const revoked = await makeSignature({ key: primary, type: 0x28, over: { key: primary, bind: subkey }, at: NOW });
    expect(await check(signature, { publicKey: block([binding, revoked]) })).toEqual({
      outcome: 'invalid',
      reason: 'wrong-key',
    });
  });

  it('is bad, not an exception, when anything else is given', async () => {
    const garbage = [new Uint8Array(), Uint8Array.of(0xc0), Buffer.from('text'), alice.keys.publicKey];
    for (const signedMessage of garbage) {
      const found = await verify({ signedMessage, publicKey: alice.keys.publicKey, now: NOW });
      expect(found).toEqual({ outcome: 'invalid', reason: 'bad-signature' });
    }
    expect(await check(await sign(), { publicKey: Buffer.from('no key') })).toEqual({
      outcome: 'invalid',
      reason: 'wrong-key',
    });
  });
});

function retyped(signature: RawSignature, type: number): RawSignature {
  const body = Uint8Array.from(signature.body);
  body[1] = type;
  return readBack(body);
}

/** As programs before RFC 9580 signed: OpenPGP.js would write the fingerprint always. */
function withoutFingerprint(fields: SignaturePacket): void {
  const ignore = (): void => {
    // What the library sets is dropped.
  };
  Object.defineProperty(fields, 'issuerFingerprint', { get: () => null, set: ignore });
}

async function withSigningSubkey(): Promise<{
  primary: Workshop['primary'];
  subkey: SecretSubkeyPacket;
  binding: RawSignature;
  block: (signatures: RawSignature[]) => Uint8Array;
}> {
  const { publicKey, privateKey } = await generateKey({
    type: 'ecc',
    curve: 'ed25519Legacy',
    userIDs: { email: alice.address },
    subkeys: [{}, { sign: true }],
    date: new Date(NOW - DAY),
    format: 'binary',
    config: PROFILE,
  });
  const [raw] = readKeyBlock(publicKey) ?? [];
  const part = raw?.subkeys.find((one) => one.signatures[0]?.fields.embeddedSignature !== null);
  const binding = part?.signatures[0];
  const { primary, subkeys } = await readSecretKeyBlock(privateKey);
  const subkey = subkeys.find((one) => one.algorithm === enums.publicKey.eddsaLegacy);
  if (raw === undefined || part === undefined || binding === undefined || subkey === undefined)
    throw new Error('no signing subkey');
  const others = raw.subkeys.filter((one) => one !== part);
  const block = (signatures: RawSignature[]): Uint8Array =>
    writeKeyBlock([raw.primary, ...raw.userIds, ...others, { packet: part.packet, signatures } satisfies RawPart]);
  return { primary, subkey, binding, block };
}
