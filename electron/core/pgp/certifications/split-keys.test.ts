import { beforeAll, describe, expect, it } from 'vitest';
import { MAX_FOREIGN_CERTIFICATIONS, MAX_IMPORT_BYTES, MAX_KEY_BLOCK_BYTES } from '../../domain/key-limits';
import { encodeArmor } from '../packets/armor';
import { certify } from './certify';
import { checkKeyBlock } from '../keys/check-key-block';
import { userIdPacket } from '../keys/onion-certifying-key';
import { withCertifications } from './merge-certifications';
import { TAG, concatBytes, joinPackets, packetHeader, splitPackets } from '../packets/packet-framing';
import { readCertifications } from './read-certifications';
import { splitKeys } from './split-keys';
import { NOW, makeIdentity, type TestIdentity } from '../testing/own-identity';
import { growth, LINEAR } from '../../testing/growth';

const FLOOD = 100_000;

let people: TestIdentity[];
beforeAll(async () => {
  people = await Promise.all(['alice', 'bob', 'carol'].map((local, at) => makeIdentity(local, at + 1)));
});

const keys = (): Uint8Array[] => people.map(({ keys: { publicKey } }) => publicKey);
const armored = (block: Uint8Array): string =>
  Buffer.from(encodeArmor('PGP PUBLIC KEY BLOCK', block)).toString('latin1');
const addressesOf = async (content: Uint8Array | string): Promise<(string | undefined)[] | undefined> =>
  (await splitKeys({ content: Buffer.from(content) }))?.map(({ address }) => address);

describe('splitKeys', () => {
  it('takes a binary ring apart without a changed octet', async () => {
    const split = await splitKeys({ content: concatBytes(keys()) });
    expect(split?.map(({ fingerprint, address }) => [fingerprint, address])).toEqual(
      people.map((one) => [one.keys.fingerprint, one.address]),
    );
    split?.forEach(({ block }, at) => expect(Buffer.compare(block, people[at]!.keys.publicKey)).toBe(0));
  });

  it('finds armored blocks in any text, several keys in one of them, with either line end', async () => {
    const [alice, bob, carol] = keys() as [Uint8Array, Uint8Array, Uint8Array];
    const text = `Grüße!\n\n${armored(concatBytes([alice, bob]))}\nand Carol’s:\n${armored(carol).replaceAll('\r\n', '\n')}\n-- \nEve`;
    expect(await addressesOf(text)).toEqual(people.map(({ address }) => address));
    expect(await addressesOf(`\ufeff${armored(alice)}`)).toEqual([people[0]?.address]);
  });

  it('lets no bad block spoil the others', async () => {
    const [alice, bob, carol] = keys().map(armored) as [string, string, string];
    const withoutEnd = bob.slice(0, bob.length / 2);
    expect(await addressesOf([alice, withoutEnd, carol].join('\n'))).toEqual([
      people[0]?.address,
      people[1]?.address,
      people[2]?.address,
    ]);
    expect(await addressesOf([alice, bob.replace(/[a-zA-Z0-9]/g, '!'), carol].join('\n'))).toEqual([
      people[0]?.address,
      people[2]?.address,
    ]);
    expect(await addressesOf([alice, '-----BEGIN PGP PUBLIC KEY BLOCK-----', carol].join('\n'))).toEqual([
      people[0]?.address,
      people[2]?.address,
    ]);
  });

  it('goes on after broken packets', async () => {
    const [alice, bob, carol] = keys() as [Uint8Array, Uint8Array, Uint8Array];
    const cut = bob.subarray(0, bob.length - 30);
    const split = await addressesOf(concatBytes([alice, cut, carol, alice]));
    expect(split).toContain(people[0]?.address);
    expect(split?.at(-1)).toBe(people[0]?.address);
    expect(await addressesOf(concatBytes([alice, Buffer.from('not a packet at all'), carol]))).toEqual([
      people[0]?.address,
      people[2]?.address,
    ]);
  });

  it('gives no address to a key with two User IDs, two addresses in one, or an attribute', async () => {
    const [first, , ...rest] = splitPackets(keys()[0]!, 20)!;
    const userId = (text: string) => ({ tag: TAG.userId, body: userIdPacket(text).write() });
    const { address } = people[0]!;
    for (const names of [
      [userId(`<${address}>`), userId(`<${people[1]!.address}>`)],
      [userId(`Bob <bob@example.org> <${address}>`)],
      [userId(`bob@example.org <${address}>`)],
      [userId('alice@example.org')],
      [userId(`<${address}>`), { tag: TAG.userAttribute, body: new Uint8Array(20) }],
      [],
    ]) {
      expect(await addressesOf(joinPackets([first!, ...names, ...rest]))).toEqual([undefined]);
    }
  });

  it('reads the address behind a name, as other programs write it', async () => {
    const [first, , ...rest] = splitPackets(keys()[0]!, 20)!;
    const { address } = people[0]!;
    for (const text of [address, `<${address}>`, `Alice <${address}>`]) {
      const userId = { tag: TAG.userId, body: userIdPacket(text).write() };
      expect(await addressesOf(joinPackets([first!, userId, ...rest]))).toEqual([address]);
    }
  });

  it('is undefined for what holds no key, and for too much', async () => {
    for (const content of [
      '',
      'hello',
      '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----\n',
    ]) {
      expect(await addressesOf(content)).toBeUndefined();
    }
    const random = Uint8Array.from({ length: 1 << 20 }, (_, at) => (at * 2654435761) >>> 24);
    expect((await splitKeys({ content: random }))?.filter(({ address }) => address !== undefined) ?? []).toEqual([]);
    expect(await splitKeys({ content: new Uint8Array(MAX_IMPORT_BYTES + 1) })).toBeUndefined();
  });

  it('cuts a key with 100,000 certifications to the newest, and to what a key block may hold', async () => {
    const [alice, bob] = people as [TestIdentity, TestIdentity];
    const { body } = await certify({ ...certificationOf(alice, bob), exportable: true });
    const block = flooded(alice.keys.publicKey, body);
    const [key] = (await splitKeys({ content: block }))!;
    const { certifications, omitted } = await readCertifications({ block });
    expect(key?.block.length).toBeLessThanOrEqual(MAX_KEY_BLOCK_BYTES);
    expect(certifications).toHaveLength(MAX_FOREIGN_CERTIFICATIONS);
    expect(omitted).toBe(FLOOD - MAX_FOREIGN_CERTIFICATIONS);
    expect(certifications[0]?.createdAt).toBe(NOW + (FLOOD - 1) * 1000);
    expect(await readCertifications({ block: key!.block })).toMatchObject({
      omitted: 0,
      certifications: { length: MAX_FOREIGN_CERTIFICATIONS },
    });
    const check = await checkKeyBlock({ block: key!.block, address: alice.address, now: NOW });
    expect(check).toMatchObject({ outcome: 'certified', fingerprint: alice.keys.fingerprint });
  });

  it('cuts it at a cost that grows with the number of certifications', async () => {
    const [alice, bob] = people as [TestIdentity, TestIdentity];
    const { body } = await certify({ ...certificationOf(alice, bob), exportable: true });
    const blocks = {
      1: flooded(alice.keys.publicKey, body, FLOOD / 16),
      4: flooded(alice.keys.publicKey, body, FLOOD / 4),
    };
    const cut = async (amount: 1 | 4): Promise<void> => {
      await splitKeys({ content: blocks[amount] });
      await readCertifications({ block: blocks[amount] });
    };
    expect(await growth(cut)).toBeLessThan(LINEAR);
  });

  it('leaves a key that floods itself to the check that refuses it', async () => {
    const [alice] = people as [TestIdentity];
    const self = splitPackets(alice.keys.publicKey, 20)!.find(({ tag }) => tag === TAG.signature)!.body;
    const [key] = (await splitKeys({ content: flooded(alice.keys.publicKey, self) }))!;
    expect(key!.block.length).toBeLessThan(MAX_KEY_BLOCK_BYTES);
    expect(await checkKeyBlock({ block: key!.block, address: alice.address, now: NOW })).toEqual({
      outcome: 'refused',
      reason: 'unreadable',
    });
  });
});

describe('withCertifications', () => {
  it('puts each once, in the order of time, and leaves out what is none', async () => {
    const [alice, bob] = people as [TestIdentity, TestIdentity];
    const base = {
      secretKey: bob.keys.secretKey,
      subject: alice.keys.publicKey,
      level: 'positive' as const,
      exportable: true,
    };
    const [old, young] = await Promise.all([certify({ ...base, now: NOW }), certify({ ...base, now: NOW + 5000 })]);
    const block = alice.keys.publicKey;
    const merged = withCertifications({
      block,
      bodies: [young.body, old.body, young.body, Uint8Array.of(1, 2), new Uint8Array()],
    });
    expect(Buffer.compare(merged, withCertifications({ block: merged, bodies: [old.body, young.body] }))).toBe(0);
    expect((await readCertifications({ block: merged })).certifications.map(({ id }) => id)).toEqual([
      young.id,
      old.id,
    ]);
    expect(await checkKeyBlock({ block: merged, address: alice.address, now: NOW })).toMatchObject({
      outcome: 'certified',
    });
  });

  it('refuses a block that is not one key with one User ID', () => {
    for (const block of [concatBytes(keys()), new Uint8Array(), keys()[0]!.subarray(0, 60)]) {
      expect(() => withCertifications({ block, bodies: [] })).toThrow(
        expect.objectContaining({ code: 'key-refused' }) as Error,
      );
    }
  });
});

function certificationOf(subject: TestIdentity, issuer: TestIdentity) {
  return { secretKey: issuer.keys.secretKey, subject: subject.keys.publicKey, level: 'positive' as const, now: NOW };
}

/** The key with this signature many times, each a second younger: only the first of them can be true. */
function flooded(block: Uint8Array, body: Uint8Array, times = FLOOD): Uint8Array {
  const packets = splitPackets(block, 20)!;
  const at = packets.findIndex(({ tag }) => tag === TAG.publicSubkey);
  const time = Buffer.from(body).indexOf(
    Buffer.of((NOW / 1000) >>> 24, ((NOW / 1000) >>> 16) & 0xff, ((NOW / 1000) >>> 8) & 0xff),
  );
  const header = packetHeader(TAG.signature, body.length);
  const flood = Array.from({ length: times }, (_, number) => {
    const copy = Buffer.from(body);
    if (time >= 0) copy.writeUInt32BE(NOW / 1000 + number, time);
    return [header, copy];
  });
  return concatBytes([joinPackets(packets.slice(0, at)), ...flood.flat(), joinPackets(packets.slice(at))]);
}
