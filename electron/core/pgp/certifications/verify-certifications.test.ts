import { createHash } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { canonicalBody } from './canonical-certification';
import { readCertificationFields } from './certification-fields';
import { certify, revokeCertification } from './certify';
import { ED25519_OID, multiprecision, userIdPacket } from '../keys/onion-certifying-key';
import { enums, type SignaturePacket } from '../packets/openpgp-library';
import { TAG, concatBytes, joinPackets, splitPackets, type Packet } from '../packets/packet-framing';
import { readCertifications } from './read-certifications';
import { SIGNATURE, makeSignature } from '../packets/signatures';
import { SUBPACKET, writeSubpacket } from '../packets/subpackets';
import { openWorkshop, weakSignature, withType, type Workshop } from '../testing/forgery';
import { NOW, makeIdentity, type TestIdentity } from '../testing/own-identity';
import { createCertificationVerifier } from './verify-certifications';

const verify = createCertificationVerifier();
const TRUST = { depth: 1, amount: 'full' as const };

let alice: TestIdentity;
let bob: TestIdentity;
let carol: TestIdentity;
let atAlice: Workshop;
let atBob: Workshop;

beforeAll(async () => {
  [alice, bob, carol] = await Promise.all([makeIdentity('alice', 1), makeIdentity('bob', 2), makeIdentity('carol', 3)]);
  [atAlice, atBob] = await Promise.all([openWorkshop(alice), openWorkshop(bob)]);
});

/** Whether Alice has truly signed this on Bob's key, or on what stands in its place. */
async function holds(body: Uint8Array, o: { subject?: Uint8Array; issuer?: Uint8Array } = {}): Promise<boolean> {
  const check = { body, subject: o.subject ?? bob.keys.publicKey, issuer: o.issuer ?? alice.keys.publicKey };
  const [answer] = await verify({ checks: [check] });
  return answer === true;
}

function byAlice(
  set: (fields: SignaturePacket) => void = () => undefined,
  type: number = SIGNATURE.positive,
): Promise<Uint8Array> {
  const over = { key: atBob.primary, userID: atBob.userId };
  return makeSignature({ key: atAlice.primary, type, over, at: NOW, set }).then(({ body }) => body);
}

/** The same signature with this outside the hash. */
function withUnhashed(body: Uint8Array, ...subpackets: readonly Uint8Array[]): Uint8Array {
  const { hashedEnd, digestAt } = readCertificationFields(body)!;
  const area = concatBytes(subpackets);
  return concatBytes([
    body.subarray(0, hashedEnd),
    Uint8Array.of(area.length >> 8, area.length & 0xff),
    area,
    body.subarray(digestAt),
  ]);
}

/** Alice's signature over a hashed area that no library would write. */
function signedByHand(...subpackets: readonly Uint8Array[]): Uint8Array {
  const area = concatBytes([writeSubpacket(SUBPACKET.createdAt, seconds(NOW)), issuer(alice), ...subpackets]);
  const head = concatBytes([
    Uint8Array.of(4, SIGNATURE.positive, 22, enums.hash.sha256, area.length >> 8, area.length & 0xff),
    area,
  ]);
  const key = atBob.raw.primary.packet.body;
  const userId = atBob.userId.write();
  const hash = createHash('sha256');
  hash.update(Uint8Array.of(0x99, key.length >> 8, key.length & 0xff)).update(key);
  hash.update(Uint8Array.of(0xb4, 0, 0, 0, userId.length)).update(userId);
  const digest = hash
    .update(head)
    .update(Uint8Array.of(4, 0xff, 0, 0, head.length >> 8, head.length & 0xff))
    .digest();
  const signature = ed25519.sign(digest, (atAlice.primary.privateParams as { seed: Uint8Array }).seed);
  const numbers = [multiprecision(signature.subarray(0, 32)), multiprecision(signature.subarray(32))];
  return concatBytes([head, Uint8Array.of(0, 0), digest.subarray(0, 2), ...numbers]);
}

function seconds(time: number): Uint8Array {
  const octets = Buffer.alloc(4);
  octets.writeUInt32BE(time / 1000);
  return octets;
}

function issuer(identity: TestIdentity): Uint8Array {
  return writeSubpacket(
    SUBPACKET.issuerFingerprint,
    concatBytes([Uint8Array.of(4), Buffer.from(identity.keys.fingerprint, 'hex')]),
  );
}

function onBob(...bodies: readonly Uint8Array[]): Uint8Array {
  const packets = splitPackets(bob.keys.publicKey, 20)!;
  const at = packets.findIndex(({ tag }) => tag === TAG.publicSubkey);
  return joinPackets([
    ...packets.slice(0, at),
    ...bodies.map((body): Packet => ({ tag: TAG.signature, body })),
    ...packets.slice(at),
  ]);
}

/** A key packet with any 32 octets for a point. */
function keyWithPoint(point: Uint8Array): Uint8Array {
  const key = concatBytes([
    Uint8Array.of(4, 0x5e, 0x0b, 0xe1, 0x00, 22),
    ED25519_OID,
    multiprecision(concatBytes([Uint8Array.of(0x40), point])),
  ]);
  return joinPackets([
    { tag: TAG.publicKey, body: key },
    { tag: TAG.userId, body: userIdPacket(`<${carol.address}>`).write() },
  ]);
}

describe('verifyCertifications', () => {
  it('accepts every level and a revocation, made by hand too', async () => {
    for (const type of [0x10, 0x11, 0x12, 0x13, 0x30])
      expect(await holds(await byAlice(undefined, type)), type.toString(16)).toBe(true);
    expect(await holds(signedByHand())).toBe(true);
  });

  it('refuses other types of signature, whatever they are over', async () => {
    const over = { key: atBob.primary, userID: atBob.userId, bind: atBob.subkey };
    for (const type of [SIGNATURE.keyRevocation, SIGNATURE.subkeyBinding, SIGNATURE.subkeyRevocation]) {
      const { body } = await makeSignature({ key: atAlice.primary, type, over, at: NOW });
      expect(await holds(body)).toBe(false);
    }
  });

  it('refuses a certification that is called a revocation, and the reverse', async () => {
    const secret = { secretKey: alice.keys.secretKey, subject: bob.keys.publicKey, exportable: true, now: NOW };
    const made = await certify({ ...secret, level: 'positive' });
    const revoked = await revokeCertification(secret);
    expect(await holds(withType({ body: made.body, type: 0x13, fields: atBob.self.fields }, 0x30).body)).toBe(false);
    expect(await holds(withType({ body: revoked.body, type: 0x30, fields: atBob.self.fields }, 0x13).body)).toBe(false);
  });

  it('refuses any single changed octet of what is signed', async () => {
    const { body } = await certify({
      secretKey: alice.keys.secretKey,
      subject: bob.keys.publicKey,
      level: 'positive',
      exportable: true,
      trust: TRUST,
      now: NOW,
    });
    for (let at = 0; at < body.length; at += 1) {
      const forged = Uint8Array.from(body);
      forged[at]! ^= 1;
      // The length of the left 16 bits and of the numbers is not signed; everything else is, or says who signed.
      if (await holds(forged))
        expect(Buffer.from(canonicalBody(readCertificationFields(forged)!))).toEqual(Buffer.from(body));
    }
  });

  it('refuses one cut short at any place', async () => {
    const { body } = await certify({
      secretKey: alice.keys.secretKey,
      subject: bob.keys.publicKey,
      level: 'positive',
      exportable: true,
      trust: TRUST,
      now: NOW,
    });
    for (let length = 0; length < body.length; length += 1) expect(await holds(body.subarray(0, length))).toBe(false);
    expect(await holds(concatBytes([body, Uint8Array.of(0)]))).toBe(false);
  });

  it('refuses it on another key, another User ID, two User IDs or two keys', async () => {
    const body = await byAlice();
    const userId = (text: string): Packet => ({ tag: TAG.userId, body: userIdPacket(text).write() });
    const { packet } = atBob.raw.primary;
    expect(await holds(body, { subject: joinPackets([packet, userId(`<${bob.address}>`)]) })).toBe(true);
    expect(await holds(body, { subject: carol.keys.publicKey })).toBe(false);
    expect(await holds(body, { subject: joinPackets([packet, userId(`<${carol.address}>`)]) })).toBe(false);
    expect(
      await holds(body, { subject: joinPackets([packet, userId(`<${bob.address}>`), userId(`<${carol.address}>`)]) }),
    ).toBe(false);
    expect(await holds(body, { subject: concatBytes([bob.keys.publicKey, carol.keys.publicKey]) })).toBe(false);
    expect(await holds(body, { subject: joinPackets([packet]) })).toBe(false);
    expect(await holds(body, { subject: new Uint8Array() })).toBe(false);
  });

  it('refuses another issuer, and one who only says to be Alice', async () => {
    const body = await byAlice();
    expect(await holds(body, { issuer: carol.keys.publicKey })).toBe(false);
    const named = withUnhashed(await byAlice(), issuer(carol));
    expect(await holds(named, { issuer: carol.keys.publicKey })).toBe(false);
    const { body: byCarol } = await certify({
      secretKey: carol.keys.secretKey,
      subject: bob.keys.publicKey,
      level: 'positive',
      exportable: true,
      now: NOW,
    });
    const hashedAsCarol = readCertificationFields(withUnhashed(byCarol, issuer(alice)));
    expect(hashedAsCarol?.by.fingerprint).toBe(carol.keys.fingerprint);
    expect(await holds(byCarol)).toBe(false);
  });

  it('refuses weak hashes', async () => {
    const over = { key: atBob.primary, userID: atBob.userId };
    for (const hash of ['sha1', 'md5'] as const) {
      const { body } = await weakSignature({ key: atAlice.primary, type: SIGNATURE.positive, over, at: NOW, hash });
      expect(await holds(body)).toBe(false);
    }
  });

  it('refuses an unknown critical subpacket or notation, and takes the same when it is not critical', async () => {
    const data = Uint8Array.of(1, 2, 3);
    expect(await holds(signedByHand(writeSubpacket(0x80 | 101, data)))).toBe(false);
    expect(await holds(signedByHand(writeSubpacket(101, data)))).toBe(true);
    const notation = concatBytes([Uint8Array.of(0x80, 0, 0, 0, 0, 3, 0, 1), Buffer.from('a@bc')]);
    expect(await holds(signedByHand(writeSubpacket(0x80 | SUBPACKET.notation, notation)))).toBe(false);
    expect(await holds(signedByHand(writeSubpacket(SUBPACKET.notation, notation)))).toBe(true);
  });

  it('refuses one older than the key that made it', async () => {
    const over = { key: atBob.primary, userID: atBob.userId };
    const { body } = await makeSignature({
      key: atAlice.primary,
      type: SIGNATURE.positive,
      over,
      at: atAlice.primary.created.getTime() - 1000,
    });
    expect(await holds(body)).toBe(false);
  });

  it('refuses a key’s word about itself', async () => {
    expect(await holds(atBob.self.body, { issuer: bob.keys.publicKey })).toBe(false);
  });

  it('refuses «signatures» of keys whose point is of small order, or no point', async () => {
    const identity = Uint8Array.from({ length: 32 }, (_, at) => (at === 0 ? 1 : 0));
    const orderEight = Buffer.from('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05', 'hex');
    const noPoint = new Uint8Array(32).fill(0xff);
    for (const point of [identity, new Uint8Array(32), orderEight, noPoint]) {
      const block = keyWithPoint(point);
      const fingerprint = createHash('sha1')
        .update(Uint8Array.of(0x99, 0, 51))
        .update(splitPackets(block, 2)![0]!.body)
        .digest();
      const named = writeSubpacket(SUBPACKET.issuerFingerprint, concatBytes([Uint8Array.of(4), fingerprint]));
      // With the neutral element as key, R = B and S = 1 «sign» everything.
      const body = forgedFor(named, concatBytes([ed25519.Point.BASE.toBytes(), identity]));
      expect(readCertificationFields(body)).toBeDefined();
      expect(await holds(body, { issuer: block })).toBe(false);
    }
  });

  /** Correct in everything that can be had without a secret. */
  function forgedFor(named: Uint8Array, signature: Uint8Array): Uint8Array {
    const area = concatBytes([writeSubpacket(SUBPACKET.createdAt, seconds(NOW)), named]);
    const head = concatBytes([
      Uint8Array.of(4, SIGNATURE.positive, 22, enums.hash.sha256, area.length >> 8, area.length & 0xff),
      area,
    ]);
    const key = atBob.raw.primary.packet.body;
    const userId = atBob.userId.write();
    const digest = createHash('sha256')
      .update(
        concatBytes([
          Uint8Array.of(0x99, key.length >> 8, key.length & 0xff),
          key,
          Uint8Array.of(0xb4, 0, 0, 0, userId.length),
          userId,
        ]),
      )
      .update(head)
      .update(Uint8Array.of(4, 0xff, 0, 0, head.length >> 8, head.length & 0xff))
      .digest();
    const numbers = [multiprecision(signature.subarray(0, 32)), multiprecision(signature.subarray(32))];
    return concatBytes([head, Uint8Array.of(0, 0), digest.subarray(0, 2), ...numbers]);
  }
});

describe('what a certification grants', () => {
  it('is read from the hashed area alone', async () => {
    const plain = await byAlice();
    const forged = withUnhashed(
      plain,
      writeSubpacket(SUBPACKET.trust, Uint8Array.of(5, 120)),
      writeSubpacket(SUBPACKET.createdAt, seconds(NOW + 1_000_000)),
      writeSubpacket(SUBPACKET.expiresAfter, seconds(1000)),
      writeSubpacket(SUBPACKET.exportable, Uint8Array.of(0)),
    );
    const { certifications } = await readCertifications({ block: onBob(forged) });
    expect(certifications).toHaveLength(1);
    expect(certifications[0]).toMatchObject({ createdAt: NOW, exportable: true });
    expect(certifications[0]).not.toHaveProperty('trust');
    expect(certifications[0]).not.toHaveProperty('expiresAt');
    expect(await holds(certifications[0]!.body)).toBe(true);
  });

  it('loses no limit to what stands outside', async () => {
    const limited = await byAlice((fields) => {
      Object.assign(fields, { trustLevel: 1, trustAmount: 120, regularExpression: Buffer.from('<a>$\0') });
    });
    const forged = withUnhashed(limited, writeSubpacket(SUBPACKET.regex, Buffer.from('.*\0')));
    const { certifications } = await readCertifications({ block: onBob(forged) });
    expect(certifications[0]?.trust).toEqual({ depth: 1, amount: 120, regex: '<a>$' });
  });

  const contradictions = [
    ['a trust signature cut short', [writeSubpacket(SUBPACKET.trust, Uint8Array.of(1))]],
    [
      'two trust signatures in one',
      [writeSubpacket(SUBPACKET.trust, Uint8Array.of(1, 60)), writeSubpacket(SUBPACKET.trust, Uint8Array.of(5, 120))],
    ],
    ['two creation times', [writeSubpacket(SUBPACKET.createdAt, seconds(NOW - 1000))]],
    [
      'a limit that is no text',
      [
        writeSubpacket(SUBPACKET.trust, Uint8Array.of(1, 120)),
        writeSubpacket(SUBPACKET.regex, Uint8Array.of(0xff, 0xfe, 0)),
      ],
    ],
    ['an expiry of one octet', [writeSubpacket(SUBPACKET.expiresAfter, Uint8Array.of(1))]],
    ['a subpacket that ends beyond the area', [Uint8Array.of(200, 255, 1)]],
    ['an empty subpacket', [Uint8Array.of(0)]],
  ] as const;
  it.each(contradictions)('is nothing at all with %s', async (_name, subpackets) => {
    const body = signedByHand(...subpackets);
    expect((await readCertifications({ block: onBob(body) })).certifications).toEqual([]);
    expect(await holds(body)).toBe(false);
  });

  it('is an ordinary certification at depth 0, and has no limit in an empty expression', () => {
    const ordinary = signedByHand(writeSubpacket(SUBPACKET.trust, Uint8Array.of(0, 120)));
    expect(readCertificationFields(ordinary)?.grant).not.toHaveProperty('trust');
    const unlimited = signedByHand(
      writeSubpacket(SUBPACKET.trust, Uint8Array.of(3, 60)),
      writeSubpacket(SUBPACKET.regex, Uint8Array.of(0)),
    );
    expect(readCertificationFields(unlimited)?.grant.trust).toEqual({ depth: 3, amount: 60 });
  });

  it('counts once, however often it is dressed differently', async () => {
    const plain = await byAlice();
    const copies = Array.from({ length: 50 }, (_, number) =>
      withUnhashed(plain, writeSubpacket(101, Uint8Array.of(number))),
    );
    const { certifications, omitted } = await readCertifications({ block: onBob(plain, ...copies) });
    expect([certifications.length, omitted]).toEqual([1, 0]);
    const ids = await Promise.all(
      copies.map(async (copy) => (await readCertifications({ block: onBob(copy) })).certifications[0]?.id),
    );
    expect(new Set(ids)).toEqual(new Set([certifications[0]!.id]));
  });
});
