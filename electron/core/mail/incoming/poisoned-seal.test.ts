import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Identity } from '../../../../shared/identity';
import { encodeArmor } from '../../pgp/packets/armor';
import type { Packet } from '../../pgp/packets/packet-framing';
import { TAG, concatBytes, joinPackets } from '../../pgp/packets/packet-framing';
import { encryptSessionKey } from '../../pgp/messages/session-key';
import { openWorkshop } from '../../pgp/testing/forgery';
import type { PublicKeyBlock } from '../../ports/keys';
import { binaryKey, makeAttacker, type Attacker } from '../../testing/attacker';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, type TestCore } from '../../testing/make-test-core';
import { SmtpPeer } from '../../testing/smtp-peer';

/** What can never be opened is refused for good: a 4xx would bring it back, by a holder or by its sender, for weeks. */
let network: LoopbackNetwork;
let bob: TestCore;
let own: Identity;
let key: PublicKeyBlock;
let mallory: Attacker;

beforeAll(async () => {
  network = await LoopbackNetwork.start();
  bob = await makeTestCore(network);
  own = await makeIdentity(bob, 'bob');
  key = binaryKey((await bob.call('identities.exportPublicKey', { identityId: own.id })).key);
  mallory = await makeAttacker({ localPart: 'mallory', now: Date.now() });
});
afterAll(async () => {
  await bob.remove();
  await network.stop();
});

const data = (octets: number, version = 1): Packet => ({
  tag: TAG.encryptedWithIntegrity,
  body: concatBytes([Uint8Array.of(version), new Uint8Array(octets)]),
});

/** A session key for Bob of any algorithm and length. */
async function sessionKey(algorithm: number, length: number): Promise<Packet> {
  const { subkey } = await openWorkshop({ ...mallory, keys: { ...mallory.keys, publicKey: key } });
  const session = { algorithm, key: new Uint8Array(length).fill(3) };
  return { tag: TAG.encryptedSessionKey, body: await encryptSessionKey(session, subkey) };
}

const spoilt: Readonly<Record<string, () => Promise<readonly Packet[]>>> = {
  'AES-256 with 5 octets': async () => [await sessionKey(9, 5), data(100)],
  'AES-256 with 16 octets': async () => [await sessionKey(9, 16), data(100)],
  'AES-256 with 33 octets': async () => [await sessionKey(9, 33), data(100)],
  'AES-128 with 32 octets': async () => [await sessionKey(7, 32), data(100)],
  'a cipher that is none': async () => [await sessionKey(200, 32), data(100)],
  'a right key for nothing': async () => [await sessionKey(9, 32), data(100)],
  'data too short for any': async () => [await sessionKey(9, 32), data(3)],
  'no data': async () => [await sessionKey(9, 32), data(0)],
  'data of another version': async () => [await sessionKey(9, 32), data(100, 7)],
  'no data packet': async () => [await sessionKey(9, 32)],
  'no session key': async () => Promise.resolve([data(100)]),
  'a session key that is cut off': async () => {
    const { tag, body } = await sessionKey(9, 32);
    return [{ tag, body: body.slice(0, 20) }, data(100)];
  },
};

async function replies(sealed: Uint8Array): Promise<string[]> {
  const envelope = mallory.mime.wrapHeldEnvelope({ to: own.address, date: Date.now(), sealed });
  const message = await mallory.message(own.address);
  const letters = [
    { from: '', raw: Buffer.from(envelope) },
    { from: mallory.address, raw: Buffer.from(mallory.mime.wrapSealed({ message, sealed })) },
  ];
  const said: string[] = [];
  for (const { from, raw } of letters) {
    const peer = await SmtpPeer.at(network, own.onion);
    const { content } = await peer.transact({ from, to: own.address, raw });
    peer.close();
    said.push(content ?? '');
  }
  return said;
}

describe('a seal that nobody can open', () => {
  it.each(Object.keys(spoilt))('is refused for good, by a holder and by its sender: %s', async (name) => {
    const sealed = encodeArmor('PGP MESSAGE', joinPackets([...(await spoilt[name]!())]));
    for (const reply of await replies(sealed)) expect(reply).toMatch(/^55[04] 5\./);
  });

  it('is so when it holds no packet', async () => {
    for (const octets of [new Uint8Array(), new Uint8Array(40), new Uint8Array(40).fill(0xff)])
      for (const reply of await replies(encodeArmor('PGP MESSAGE', octets))) expect(reply).toMatch(/^55[04] 5\./);
  });
});
