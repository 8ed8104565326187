import { createHash, randomBytes } from 'node:crypto';
import { deflateRawSync, deflateSync } from 'node:zlib';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { MAX_DECRYPTED_BYTES, MAX_MESSAGE_BYTES } from '../../domain/limits';
import { MAX_HIDDEN_RECIPIENTS, MAX_SESSION_KEY_TRIES } from '../../domain/key-limits';
import type { DecryptOutcome } from '../../ports/pgp';
import { encodeArmor } from '../packets/armor';
import { decrypt } from './decrypt';
import { PublicKeyEncryptedSessionKeyPacket } from '../packets/openpgp-library';
import { encryptSessionKey } from './session-key';
import { literalOf } from '../packets/literal-data';
import { concatBytes, joinPackets, packetHeader, splitPackets, type Packet } from '../packets/packet-framing';
import { seal } from './seal';
import { makeSignature } from '../packets/signatures';
import { encryptPackets, openWorkshop, signedPackets, type Workshop } from '../testing/forgery';
import { NOW, makeIdentity, type TestIdentity } from '../testing/own-identity';
import { verify } from './verify-signature';

const CONTENT = Buffer.from('Content-Type: text/plain\r\n\r\nlines\nof every\rkind\r\n');

let alice: TestIdentity;
let shop: Workshop;
let good: Packet[];

beforeAll(async () => {
  alice = await makeIdentity('alice', 1);
  shop = await openWorkshop(alice);
  good = await signed(CONTENT);
});

async function signed(content: Uint8Array): Promise<Packet[]> {
  const signature = await makeSignature({ key: shop.primary, type: 0, over: literalOf(content), at: NOW });
  return signedPackets({ signature, content });
}

function open(sealed: Uint8Array): Promise<DecryptOutcome> {
  return decrypt({ sealed, secretKey: alice.keys.secretKey });
}

async function openPackets(packets: readonly Packet[]): Promise<DecryptOutcome> {
  return open(await encryptPackets(joinPackets(packets), shop.subkey));
}

function compressed(packets: readonly Packet[], algorithm = 1): Packet {
  const inner = joinPackets(packets);
  const data = algorithm === 2 ? deflateSync(inner) : algorithm === 1 ? deflateRawSync(inner) : inner;
  return { tag: 8, body: concatBytes([Uint8Array.of(algorithm), data]) };
}

function reasonOf(outcome: DecryptOutcome): string {
  return outcome.outcome === 'refused' ? outcome.reason : outcome.outcome;
}

function sealOwn(content: Uint8Array): Promise<Uint8Array> {
  return seal({ content, secretKey: alice.keys.secretKey, recipients: [alice.keys.publicKey], now: NOW });
}

describe('sealed messages', () => {
  it('have armor with checksum, CRLF, and no header lines', async () => {
    const text = Buffer.from(await sealOwn(CONTENT)).toString('latin1');
    expect(text).toMatch(
      /^-----BEGIN PGP MESSAGE-----\r\n\r\n([A-Za-z0-9+/=]{1,64}\r\n)+=[A-Za-z0-9+/]{4}\r\n-----END PGP MESSAGE-----\r\n$/,
    );
  });

  it.each([0, 1, 15, 16, 17, 47, 48, 49, 8191, (1 << 20) - 46, 1 << 20, (1 << 20) + 1])(
    'come back whole at %i octets',
    async (length) => {
      const content = Buffer.alloc(length, 'abcdefghijk\n');
      const outcome = await open(await sealOwn(content));
      expect(outcome.outcome === 'decrypted' && Buffer.compare(outcome.content, content)).toBe(0);
    },
  );

  it('are never dated before the key that signs them', async () => {
    const early = NOW - 10 * 86_400_000;
    const bob = await makeIdentity('bob', 2, early);
    const sealed = await seal({
      content: CONTENT,
      secretKey: alice.keys.secretKey,
      recipients: [bob.keys.publicKey],
      now: early,
    });
    const opened = await decrypt({ sealed, secretKey: bob.keys.secretKey });
    if (opened.outcome !== 'decrypted') throw new Error(opened.reason);
    expect(
      await verify({ signedMessage: opened.signedMessage, publicKey: alice.keys.publicKey, now: NOW }),
    ).toMatchObject({ outcome: 'valid' });
  });

  it('are not made above the limit', async () => {
    await expect(sealOwn(new Uint8Array(MAX_DECRYPTED_BYTES + 1))).rejects.toMatchObject({ code: 'too-large' });
  });

  it('are not made for a key without its subkey', async () => {
    const recipients = [alice.keys.publicKey.subarray(0, 53)];
    const sealing = seal({ content: CONTENT, secretKey: alice.keys.secretKey, recipients, now: NOW });
    await expect(sealing).rejects.toMatchObject({ code: 'key-refused' });
    await expect(
      seal({ content: CONTENT, secretKey: alice.keys.secretKey, recipients: [], now: NOW }),
    ).rejects.toMatchObject({ code: 'no-recipient' });
  });
});

describe('opening', () => {
  it('leaves the caller its octets and takes binary as well', async () => {
    const sealed = await encryptPackets(joinPackets(good), shop.subkey);
    const before = Buffer.from(sealed);
    const outcome = await open(sealed);
    expect(Buffer.compare(before, sealed)).toBe(0);
    expect(outcome.outcome === 'decrypted' && Buffer.from(outcome.content).equals(CONTENT)).toBe(true);
  });

  it('shares the memory of content and signed message', async () => {
    const outcome = await open(await sealOwn(CONTENT));
    expect(outcome.outcome === 'decrypted' && outcome.content.buffer === outcome.signedMessage.buffer).toBe(true);
  });

  it.each([1, 2])('reads one layer of compression %i', async (algorithm) => {
    const outcome = await openPackets([compressed(good, algorithm)]);
    expect(outcome.outcome === 'decrypted' && Buffer.from(outcome.content).equals(CONTENT)).toBe(true);
  });

  it('refuses what has no signature', async () => {
    expect(reasonOf(await openPackets(good.slice(1, 2)))).toBe('not-signed');
    expect(reasonOf(await openPackets([compressed(good.slice(1, 2))]))).toBe('not-signed');
  });

  const layouts: [string, () => Packet[]][] = [
    ['nothing', () => []],
    ['two literals', () => [good[1], good[1]].map(there)],
    ['two literals around a signature', () => [...good, good[1]].map(there)],
    ['two signed messages', () => [...good, ...good]],
    ['a signature without its one-pass packet', () => good.slice(1)],
    ['a one-pass packet without its signature', () => good.slice(0, 2)],
    ['compression in compression', () => [compressed([compressed(good)])]],
    ['two compressed packets', () => [compressed(good), compressed(good)]],
    ['a literal beside a compressed packet', () => [compressed(good), good[1]].map(there)],
    ['compression inside the signature', () => [good[0], compressed([good[1]].map(there)), good[2]].map(there)],
    ['an encrypted packet', () => [{ tag: 18, body: new Uint8Array(60).fill(1) }]],
    [
      'an encrypted packet that is signed',
      () => [good[0], { tag: 18, body: new Uint8Array(60).fill(1) }, good[2]].map(there),
    ],
    ['a key', () => [shop.raw.primary.packet]],
    ['BZip2', () => [compressed(good, 3)]],
    ['an unknown packet that is critical', () => [{ tag: 39, body: new Uint8Array(4) }, ...good]],
    ['more than eight signatures', () => around(9)],
    ['a signature too many', () => [...good, good[2]].map(there)],
    ['a literal cut in its head', () => [good[0], { tag: 11, body: Uint8Array.of(0x62, 9) }, good[2]].map(there)],
  ];
  it.each(layouts)('refuses %s', async (_name, layout) => {
    expect(reasonOf(await openPackets(layout()))).toBe('malformed');
  });

  const taken: [string, () => Packet[]][] = [
    ['two signatures', () => around(2)],
    ['eight signatures', () => around(8)],
    ['a signature before the literal, as old programs wrote it', () => [good[2], good[1]].map(there)],
    ['both forms', () => [good[2], ...good].map(there)],
    ['a marker first', () => [{ tag: 10, body: Buffer.from('PGP') }, ...good]],
    ['a marker last', () => [...good, { tag: 10, body: Buffer.from('PGP') }]],
    ['padding', () => [...good, { tag: 21, body: new Uint8Array(20) }]],
    ['much padding', () => [...good, ...Array.from({ length: 1_000 }, () => ({ tag: 21, body: new Uint8Array(1) }))]],
    ['padding beside a compressed packet', () => [compressed(good), { tag: 21, body: new Uint8Array(20) }]],
    ['«compression» that compresses nothing', () => [compressed(good, 0)]],
    ['an unknown packet that is not critical', () => [{ tag: 60, body: new Uint8Array(4) }, ...good]],
  ];
  it.each(taken)('takes %s', async (_name, layout) => {
    const opened = await openPackets(layout());
    expect(opened.outcome === 'decrypted' && Buffer.from(opened.content).equals(CONTENT)).toBe(true);
    if (opened.outcome !== 'decrypted') return;
    const { signedMessage } = opened;
    expect(await verify({ signedMessage, publicKey: alice.keys.publicKey, now: NOW })).toMatchObject({
      outcome: 'valid',
    });
  });

  it('refuses packets that end beyond the message', async () => {
    const inner = concatBytes([joinPackets(good), packetHeader(11, 500)]);
    expect(reasonOf(await open(await encryptPackets(inner, shop.subkey)))).toBe('malformed');
  });

  it('stops a compression bomb, in the packet and in the literal', async () => {
    const bomb: Packet = { tag: 11, body: new Uint8Array(MAX_DECRYPTED_BYTES + (1 << 20)) };
    const sealed = await encryptPackets(joinPackets([compressed([bomb])]), shop.subkey);
    expect(sealed.length).toBeLessThan(100_000);
    expect(reasonOf(await open(sealed))).toBe('too-large');
    const justOver = await openPackets(
      signedPackets({ signature: shop.onion, content: new Uint8Array(MAX_DECRYPTED_BYTES + 1) }),
    );
    expect(reasonOf(justOver)).toBe('too-large');
  });

  it('refuses a message above the limit before reading it', async () => {
    expect(reasonOf(await open(new Uint8Array(MAX_MESSAGE_BYTES + 1)))).toBe('too-large');
  });
});

describe('integrity', () => {
  it('is refused when the code is missing, wrong or unfinished', async () => {
    const inner = joinPackets(good);
    const spoils: ((plain: Uint8Array) => Uint8Array)[] = [
      (plain) => plain.subarray(0, plain.length - 22),
      (plain) => plain.subarray(0, plain.length - 1),
      (plain) => plain.subarray(0, 30),
      (plain) => flipped(plain, plain.length - 1),
      (plain) => flipped(plain, 40),
      (plain) => flipped(plain, 3),
    ];
    for (const spoil of spoils) {
      expect(reasonOf(await open(await encryptPackets(inner, shop.subkey, spoil)))).toBe('no-integrity-protection');
    }
  });

  it('is refused when the code does not begin as a code does', async () => {
    const sealed = await encryptPackets(joinPackets(good), shop.subkey, (plain) => {
      const hashed = plain.slice(0, -20);
      hashed[hashed.length - 1] = 0x15;
      return concatBytes([hashed, createHash('sha1').update(hashed).digest()]);
    });
    expect(reasonOf(await open(sealed))).toBe('no-integrity-protection');
  });

  it('is refused in the old packet without it, even beside a good one', async () => {
    const packets = splitPackets(await encryptPackets(joinPackets(good), shop.subkey), 10) ?? [];
    const stripped = packets.map((packet) => (packet.tag === 18 ? { tag: 9, body: packet.body.subarray(1) } : packet));
    for (const list of [stripped, [...stripped, packets[1]].map(there), [...packets, stripped[1]].map(there)]) {
      expect(reasonOf(await open(joinPackets(list)))).toBe('no-integrity-protection');
    }
  });

  it('is not taken from version 2 or from packets we do not make', async () => {
    const [key, data] = (splitPackets(await encryptPackets(joinPackets(good), shop.subkey), 10) ?? []).map(there);
    if (key === undefined || data === undefined) throw new Error('two packets expected');
    const version2 = { tag: 18, body: concatBytes([Uint8Array.of(2), data.body.subarray(1)]) };
    expect(reasonOf(await open(joinPackets([key, version2])))).toBe('unreadable');
    for (const list of [
      [key, data, data],
      [data],
      [data, key],
      good,
      [key, { ...data, tag: 20 }],
      [{ ...key, tag: 3 }, key, data],
    ]) {
      expect(reasonOf(await open(joinPackets(list)))).toBe('malformed');
    }
  });
});

it('is taken with packets around it that say nothing', async () => {
  const [key, data] = (splitPackets(await encryptPackets(joinPackets(good), shop.subkey), 10) ?? []).map(there);
  const [marker, padding] = [10, 21].map((tag) => ({ tag, body: Buffer.from('PGP') }));
  for (const list of [
    [marker, key, data],
    [key, data, padding],
    [marker, key, { tag: 61, body: new Uint8Array(3) }, data, marker],
    // However many: they are not counted among the packets that count.
    [...Array.from({ length: 1_000 }, () => marker), key, data, ...Array.from({ length: 1_000 }, () => padding)],
  ])
    expect((await open(joinPackets(list.map(there)))).outcome).toBe('decrypted');
});

describe('what is no message', () => {
  it('is unreadable', async () => {
    const armored = Buffer.from(await sealOwn(CONTENT)).toString('latin1');
    const inputs = [
      '',
      'hello',
      armored.slice(0, 200),
      armored.replace('END', 'FIN'),
      armored.replace('MESSAGE', 'SIGNATURE'),
      `> ${armored}`,
      armored + armored,
      armored.replace('\r\n\r\n', `\r\n${'X: y\r\n'.repeat(50)}\r\n`),
    ];
    for (const text of inputs) expect(reasonOf(await open(Buffer.from(text, 'latin1')))).toBe('unreadable');
  });

  it('is refused without an exception when cut anywhere', async () => {
    const whole = await encryptPackets(joinPackets(good), shop.subkey);
    for (let at = 0; at < whole.length; at += 1) {
      expect((await open(whole.subarray(0, at))).outcome).toBe('refused');
    }
  });

  it('is not for this key when the session key is for another, or for too many', async () => {
    const bob = await openWorkshop(await makeIdentity('bob', 2));
    expect(reasonOf(await open(await encryptPackets(joinPackets(good), bob.subkey)))).toBe('not-for-this-key');
    const [key, data] = (splitPackets(await encryptPackets(joinPackets(good), shop.subkey), 10) ?? []).map(there);
    const many = [...Array.from({ length: 500 }, () => key), data].map(there);
    expect(reasonOf(await open(encodeArmor('PGP MESSAGE', joinPackets(many))))).toBe('unreadable');
  });
});

describe('the recipients of a message', () => {
  /** A session key for `to`, that says it is for `keyId`; `opens`: it is that of the message. */
  async function recipient(o: { to: Workshop; keyId?: 'hidden' | Workshop; message?: Packet }): Promise<Packet> {
    const body = o.message
      ? Uint8Array.from(o.message.body)
      : await encryptSessionKey({ algorithm: 9, key: new Uint8Array(32).fill(3) }, o.to.subkey);
    if (o.keyId === 'hidden') body.fill(0, 1, 9);
    else if (o.keyId) body.set(Buffer.from(o.keyId.subkey.getKeyID().toHex(), 'hex'), 1);
    return { tag: 1, body };
  }

  /** How often a session key is tried with a key while this is opened. */
  async function tries(sealed: Uint8Array, retired: readonly TestIdentity[] = []): Promise<[string, number]> {
    const one = vi.spyOn(PublicKeyEncryptedSessionKeyPacket.prototype as unknown as { decrypt(): unknown }, 'decrypt');
    const keys = retired.map(({ keys: { secretKey } }) => secretKey);
    const outcome = await decrypt({ sealed, secretKey: alice.keys.secretKey, retired: keys });
    const count = one.mock.calls.length;
    one.mockRestore();
    return [reasonOf(outcome), count];
  }

  let bob: Workshop;
  let own: Packet;
  let data: Packet;
  const retired: TestIdentity[] = [];
  beforeAll(async () => {
    bob = await openWorkshop(await makeIdentity('bob', 2));
    const packets = splitPackets(await encryptPackets(joinPackets(good), shop.subkey), 10) ?? [];
    [own, data] = [there(packets[0]), there(packets[1])];
    for (let seed = 3; seed < 15; seed += 1) retired.push(await makeIdentity('alice', seed));
  });

  it('cost a bounded number of tries, hidden or said to be us, and with all the keys of before', async () => {
    const hidden = await recipient({ to: bob, keyId: 'hidden' });
    const named = await recipient({ to: bob, keyId: shop });
    const old = await recipient({ to: bob, keyId: await openWorkshop(retired[5]!) });
    const foreign = await recipient({ to: bob });
    for (const [packet, most] of [
      [hidden, MAX_HIDDEN_RECIPIENTS + MAX_SESSION_KEY_TRIES],
      [named, MAX_SESSION_KEY_TRIES],
      [old, MAX_SESSION_KEY_TRIES],
      [foreign, 0],
    ] as const) {
      const sealed = joinPackets([...Array.from({ length: 199 }, () => packet), data]);
      const [reason, count] = await tries(sealed, retired);
      expect(reason).toBe('not-for-this-key');
      expect(count).toBeLessThanOrEqual(most);
    }
  });

  it('may stand anywhere among 200 when they are named, and be the eighth of those who are hidden', async () => {
    const foreign = await recipient({ to: bob });
    const hidden = await recipient({ to: bob, keyId: 'hidden' });
    const us = await recipient({ to: shop, message: own });
    const weHidden = await recipient({ to: shop, message: own, keyId: 'hidden' });
    const many = (length: number, packet: Packet): Packet[] => Array.from({ length }, () => packet);
    expect(await tries(joinPackets([...many(198, foreign), us, data]))).toEqual(['decrypted', 1]);
    expect(await tries(joinPackets([...many(100, hidden), us, data]))).toEqual(['decrypted', 1]);
    expect(await tries(joinPackets([...many(7, hidden), weHidden, data]))).toEqual(['decrypted', 8]);
    expect((await tries(joinPackets([...many(8, hidden), weHidden, data])))[0]).toBe('not-for-this-key');
  });

  it('are found with a key of before by its own key ID at once', async () => {
    const before = await openWorkshop(retired[10]!);
    const sealed = await encryptPackets(joinPackets(good), before.subkey);
    expect(await tries(sealed, retired)).toEqual(['decrypted', 1]);
  });
});

describe('compression', () => {
  it('makes a message at most twenty times as large, and any up to 1 MiB', async () => {
    const letter = async (octets: number, noise: number): Promise<string> => {
      const content = Buffer.concat([randomBytes(noise), Buffer.alloc(octets - noise, 'line\r\n')]);
      return reasonOf(await openPackets([compressed(await signed(content))]));
    };
    expect(await letter(900_000, 0)).toBe('decrypted');
    expect(await letter(3_000_000, 0)).toBe('too-large');
    expect(await letter(3_000_000, 140_000)).toBe('too-large');
    expect(await letter(3_000_000, 200_000)).toBe('decrypted');
  });
});

function flipped(plain: Uint8Array, at: number): Uint8Array {
  return plain.map((octet, index) => (index === at ? octet ^ 1 : octet));
}

/** The literal with the same signature so many times around it. */
function around(signatures: number): Packet[] {
  const [onePass, literal, signature] = good.map(there);
  const times = (packet: Packet | undefined): Packet[] => Array.from({ length: signatures }, () => there(packet));
  return [...times(onePass), there(literal), ...times(signature)];
}

function there(packet: Packet | undefined): Packet {
  if (packet === undefined) throw new Error('a packet is missing');
  return packet;
}
