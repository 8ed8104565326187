import { createServer, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Identity } from '../../../../shared/identity';
import { createCustodyCrypto } from '../../custody/create-custody-crypto';
import { heldEnvelopeText } from '../../domain/custody/envelope';
import { binaryKey, makeAttacker, type Attacker } from '../../testing/attacker';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, type TestCore } from '../../testing/make-test-core';
import { SmtpPeer } from '../../testing/smtp-peer';

let network: LoopbackNetwork;
let bob: TestCore;
let own: Identity;
let mallory: Attacker;
let knocks: number;
const keyServer = createServer((socket) => {
  knocks += 1;
  socket.destroy();
});

beforeEach(async () => {
  network = await LoopbackNetwork.start();
  [bob, mallory] = await Promise.all([makeTestCore(network), makeAttacker({ localPart: 'mallory', now: Date.now() })]);
  own = await makeIdentity(bob, 'bob');
  knocks = 0;
  await new Promise<void>((resolve) => {
    keyServer.listen(0, '127.0.0.1', resolve);
  });
  network.publish(mallory.onion, new Map([[80, (keyServer.address() as AddressInfo).port]]));
});
afterEach(async () => {
  await bob.remove();
  await network.stop();
  await new Promise((resolve) => keyServer.close(resolve));
});

const bobsKey = async () => binaryKey((await bob.call('identities.exportPublicKey', { identityId: own.id })).key);

/** A letter that carries no key of its writer. */
async function keyless(): Promise<Buffer> {
  const inner = (entity: string): string =>
    entity.replace('application/pgp-keys', 'application/octet-stream').replace(/^Autocrypt: /m, 'X-Autocrypt: ');
  return mallory.letter({ to: own.address, key: await bobsKey(), forgery: { inner } });
}

/** The letter in an envelope as a holder hands it over. */
async function held(raw: Uint8Array): Promise<Buffer> {
  const crypto = createCustodyCrypto();
  const facts = { sender: mallory.address, holder: mallory.onion, tokenIndex: 1, counter: 1, outstanding: [] };
  const text = heldEnvelopeText({ ...facts, recipient: own.address, digest: await crypto.digest(raw) });
  const signature = crypto.sign({ seed: mallory.seed, text });
  const content = crypto.packHeldEnvelope({ facts: { ...facts, signature }, raw });
  const sealed = await mallory.pgp.sealAnonymously({ content, recipient: await bobsKey(), now: Date.now() });
  return Buffer.from(mallory.mime.wrapHeldEnvelope({ to: own.address, date: Date.now(), sealed }));
}

async function say(from: string, raw: Buffer): Promise<string> {
  const peer = await SmtpPeer.at(network, own.onion);
  const { content } = await peer.transact({ from, to: own.address, raw });
  peer.close();
  return content ?? '';
}

it('asks nobody for what a holder hands over: a stranger must not learn when this machine is on', async () => {
  const raw = await keyless();
  expect(await say('', await held(raw))).toMatch(/^550 5\.7\.1 The message carries no key of its sender/);
  expect(knocks).toBe(0);
  expect(await say(mallory.address, raw)).toMatch(/^451 4\.7\.1 /);
  expect(knocks).toBe(1);
});
