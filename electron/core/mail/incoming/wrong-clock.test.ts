import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Identity } from '../../../../shared/identity';
import type { PublicKeyBlock } from '../../ports/keys';
import { binaryKey, makeAttacker, type Attacker } from '../../testing/attacker';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, type TestCore } from '../../testing/make-test-core';
import { SettableClock } from '../../testing/settable-clock';
import { SmtpPeer } from '../../testing/smtp-peer';

const DAY = 24 * 60 * 60_000;
const tooEarly = /^451 4\.7\.1 The signature or the key is from a time to come/;

let network: LoopbackNetwork;
let clock: SettableClock;
let bob: TestCore;
let own: Identity;
let key: PublicKeyBlock;
let writer: Attacker;

beforeEach(async () => {
  network = await LoopbackNetwork.start();
  clock = new SettableClock();
  bob = await makeTestCore(network, { clock });
  own = await makeIdentity(bob, 'bob');
  key = binaryKey((await bob.call('identities.exportPublicKey', { identityId: own.id })).key);
  writer = await makeAttacker({ localPart: 'writer', now: clock.now() });
});
afterEach(async () => {
  await bob.remove();
  await network.stop();
});

async function deliver(raw: Uint8Array): Promise<string> {
  const peer = await SmtpPeer.at(network, own.onion);
  const said = await peer.transact({ from: writer.address, to: own.address, raw });
  peer.close();
  return said.content ?? said.data ?? said.rcptTo ?? said.mailFrom;
}

describe('a recipient whose clock is behind', () => {
  it.each([2, 3, 30, 2 * 365])('by %d days asks a stranger to come again, and takes the letter then', async (days) => {
    const raw = await writer.letter({ to: own.address, key });
    clock.jump(-days * DAY);
    expect(await deliver(raw)).toMatch(tooEarly);
    clock.jump(days * DAY);
    expect(await deliver(raw)).toBe('250 2.0.0 Stored');
  });

  it('asks a contact whose key it holds, too: their signature is from a time to come', async () => {
    expect(await deliver(await writer.letter({ to: own.address, key }))).toBe('250 2.0.0 Stored');
    const { messages } = await bob.call('messages.page', { identityId: own.id, folder: 'requests', limit: 1 });
    await bob.call('requests.accept', { identityId: own.id, messageId: messages[0]!.id });
    const inner = (entity: string): string =>
      entity
        .replaceAll('application/pgp-keys', 'application/octet-stream')
        .replaceAll(/^Autocrypt: /gm, 'X-Autocrypt: ');
    const raw = await writer.letter({ to: own.address, key, forgery: { inner } });
    clock.jump(-3 * DAY);
    expect(await deliver(raw)).toMatch(tooEarly);
    clock.jump(3 * DAY);
    expect(await deliver(raw)).toBe('250 2.0.0 Stored');
  });

  it('asks a contact who has another key, dated ahead', async () => {
    expect(await deliver(await writer.letter({ to: own.address, key }))).toBe('250 2.0.0 Stored');
    const { messages } = await bob.call('messages.page', { identityId: own.id, folder: 'requests', limit: 1 });
    await bob.call('requests.accept', { identityId: own.id, messageId: messages[0]!.id });
    const now = clock.now() + 3 * DAY;
    const asked = { address: writer.address, onionSeed: writer.seed, now };
    const fresh = await writer.pgp.generateIdentityKeys(asked);
    const message = await writer.message(own.address, { keyBlock: await writer.pgp.armorPublicKey(fresh.publicKey) });
    const content = await writer.mime.buildInner(message);
    const sealed = await writer.pgp.seal({ content, secretKey: fresh.secretKey, recipients: [key], now });
    expect(await deliver(writer.mime.wrapSealed({ message, sealed }))).toMatch(tooEarly);
  });
});

describe('a recipient whose clock is ahead', () => {
  it('asks to come again when its own certification has aged as nothing but a jump can explain', async () => {
    const raw = await writer.letter({ to: own.address, key });
    clock.jump(400 * DAY);
    expect(await deliver(raw)).toMatch(/^451 4\.7\.1 The key of the sender is out of date by the clock here/);
    clock.jump(-400 * DAY);
    expect(await deliver(raw)).toBe('250 2.0.0 Stored');
  });

  it('refuses what has expired while it has no doubt of its clock', async () => {
    const { keys, address, seed: onionSeed, pgp } = writer;
    const { publicKey } = await pgp.recertify({ keys, address, onionSeed, now: clock.now() - 400 * DAY });
    const keyBlock = await pgp.armorPublicKey(publicKey);
    const raw = await writer.letter({ to: own.address, key, forgery: { message: { keyBlock } } });
    expect(await deliver(raw)).toBe('550 5.7.1 The key of the sender is not accepted: certification-expired');
  });
});
