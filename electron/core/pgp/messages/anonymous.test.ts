import { deflateRawSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { MAX_MESSAGE_BYTES } from '../../domain/limits';
import { decodeArmor, encodeArmor } from '../packets/armor';
import { literalOf } from '../packets/literal-data';
import { openAnonymous } from './open-anonymous';
import { joinPackets, splitPackets, type Packet } from '../packets/packet-framing';
import { seal } from './seal';
import { sealAnonymously } from './seal-anonymously';
import { makeSignature } from '../packets/signatures';
import { encryptPackets, openWorkshop, signedPackets, type Workshop } from '../testing/forgery';
import { NOW, makeIdentity, type TestIdentity } from '../testing/own-identity';
import { MAX_ENVELOPE_BYTES } from '../../domain/custody-limits';

const CONTENT = Buffer.from('length, facts, message');
const literal: Packet = { tag: 11, body: Buffer.concat([Uint8Array.of(0x62, 0, 0, 0, 0, 0), CONTENT]) };

let alice: TestIdentity;
let bob: TestIdentity;
let shop: Workshop;
let sealed: Uint8Array;

beforeAll(async () => {
  [alice, bob] = await Promise.all([makeIdentity('alice', 1), makeIdentity('bob', 2)]);
  shop = await openWorkshop(bob);
  sealed = await sealAnonymously({ content: CONTENT, recipient: bob.keys.publicKey, now: NOW });
});

async function open(message: Uint8Array): Promise<string> {
  const opened = await openAnonymous({ sealed: message, secretKey: bob.keys.secretKey });
  return opened.outcome === 'opened' ? Buffer.from(opened.content).toString('latin1') : opened.reason;
}

const openInner = async (...inner: Packet[]): Promise<string> =>
  open(await encryptPackets(joinPackets(inner), shop.subkey));

const outerPackets = (message: Uint8Array): Packet[] =>
  splitPackets(decodeArmor(message, 'PGP MESSAGE', 1)?.[0] ?? message, 10) ?? [];

describe('an anonymous message', () => {
  it('names its recipient and no other key', async () => {
    const packets = outerPackets(sealed);
    expect(packets.map(({ tag }) => tag)).toEqual([1, 18]);
    const keyId = Buffer.from(packets[0]?.body.subarray(1, 9) ?? []).toString('hex');
    expect(keyId).toBe(shop.subkey.getKeyID().toHex());
    expect(Buffer.from(sealed).toString('latin1')).toMatch(
      /^-----BEGIN PGP MESSAGE-----\r\n\r\n[^:]+\r\n-----END PGP MESSAGE-----\r\n$/,
    );
    expect(await open(sealed)).toBe(CONTENT.toString());
  });

  it('is another one for every holder', async () => {
    const second = await sealAnonymously({ content: CONTENT, recipient: bob.keys.publicKey, now: NOW });
    expect(Buffer.compare(second, sealed)).not.toBe(0);
    expect(second.length).toBe(sealed.length);
  });

  it('is not made above the limit, nor for what is no key', async () => {
    const recipient = bob.keys.publicKey;
    await expect(
      sealAnonymously({ content: new Uint8Array(MAX_ENVELOPE_BYTES + 1), recipient, now: NOW }),
    ).rejects.toMatchObject({ code: 'too-large' });
    for (const wrong of [new Uint8Array(0), Uint8Array.of(1), recipient.subarray(0, 53)]) {
      await expect(sealAnonymously({ content: CONTENT, recipient: wrong, now: NOW })).rejects.toMatchObject({
        code: 'key-refused',
      });
    }
  });
});

describe('opening what should be anonymous', () => {
  it('takes one literal', async () => {
    expect(await openInner(literal)).toBe(CONTENT.toString());
  });

  it('refuses what is signed, compressed, doubled or something else', async () => {
    const signature = await makeSignature({ key: shop.primary, type: 0, over: literalOf(CONTENT), at: NOW });
    const signed = signedPackets({ signature, content: CONTENT });
    const compressed = { tag: 8, body: Buffer.concat([Uint8Array.of(1), deflateRawSync(joinPackets([literal]))]) };
    const marker = { tag: 10, body: Buffer.from('PGP') };
    const short = { tag: 11, body: Uint8Array.of(0x62, 9, 0) };
    for (const inner of [
      signed,
      [compressed],
      [literal, literal],
      [literal, marker],
      [marker, literal],
      [marker],
      [short],
      [],
      signed.slice(0, 2),
      signed.slice(1),
    ]) {
      expect(await openInner(...inner)).toBe('malformed');
    }
    expect(
      await open(
        await seal({ content: CONTENT, secretKey: alice.keys.secretKey, recipients: [bob.keys.publicKey], now: NOW }),
      ),
    ).toBe('malformed');
  });

  it('refuses a second session key, packets more, and packets without protection', async () => {
    const [key, data] = outerPackets(sealed);
    if (!key || !data) throw new Error('two packets expected');
    for (const packets of [
      [key, key, data],
      [key, data, data],
      [data],
      [{ tag: 3, body: key.body }, data],
      [key, data, { tag: 2, body: key.body }],
    ]) {
      expect(await open(joinPackets(packets))).toBe('malformed');
    }
    expect(await open(joinPackets([key, { tag: 9, body: data.body.subarray(1) }]))).toBe('no-integrity-protection');
    expect(
      await open(joinPackets([key, { tag: 18, body: Buffer.concat([Uint8Array.of(2), data.body.subarray(1)]) }])),
    ).toBe('unreadable');
    expect(await open(new Uint8Array(MAX_MESSAGE_BYTES + 1))).toBe('too-large');
  });

  it('refuses it when any octet is changed, and when it is cut', async () => {
    const binary = joinPackets(outerPackets(sealed));
    for (let at = 0; at < binary.length; at += 1) {
      const changed = Uint8Array.from(binary);
      changed[at] = (changed[at] ?? 0) ^ 0x21;
      // Some octets of the key ID and the length of the ephemeral point are read in more than one way; none may give
      // other content.
      expect(['unreadable', 'not-for-this-key', 'no-integrity-protection', 'malformed']).toContain(await open(changed));
      expect(await open(binary.subarray(0, at))).not.toBe(CONTENT.toString());
    }
  });

  it('refuses what is no message, and armor within armor', async () => {
    for (const message of ['', 'hello', Buffer.from(sealed).toString('latin1').replace('END', 'FIN')])
      expect(await open(Buffer.from(message))).toBe('unreadable');
    expect(await open(encodeArmor('PGP MESSAGE', sealed))).toBe('unreadable');
  });
});
