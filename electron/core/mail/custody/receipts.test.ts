import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ControlMessage } from '../../../../shared/wire/control-message';
import { openProfile } from '../../store/vault/profile';
import { binaryKey, makeAttacker, type Attacker } from '../../testing/attacker';
import {
  agree,
  contactOf,
  deliveryIs,
  knowsHolders,
  makePerson,
  subjectsOf,
  until,
  verify,
  type CustodyPerson,
  settled,
} from '../../testing/custody-people';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { passphrase, sendMail } from '../../testing/make-test-core';
import { SmtpPeer } from '../../testing/smtp-peer';

let network: LoopbackNetwork;
let alice: CustodyPerson;
let bob: CustodyPerson;
let mallory: Attacker;
let aliceKey: Uint8Array;

beforeAll(async () => {
  network = await LoopbackNetwork.start();
  [alice, bob] = await Promise.all([makePerson(network, 'alice'), makePerson(network, 'bob')]);
  await verify(alice, bob);
  await verify(bob, alice);
  mallory = await makeAttacker({ localPart: 'mallory', now: Date.now() });
  await alice.core.call('contacts.add', { identityId: alice.own.id, address: mallory.address, name: 'Mallory' });
  aliceKey = binaryKey((await alice.core.call('identities.exportPublicKey', { identityId: alice.own.id })).key);
});
afterAll(async () => {
  await Promise.all([alice, bob].map(({ core }) => core.remove()));
  await network.stop();
});

async function rfcMessageIdOf(person: CustodyPerson, messageId: string): Promise<string> {
  const raw = await person.core.call('messages.raw', { identityId: person.own.id, messageId });
  return /^Message-ID: (\S+)/im.exec(Buffer.from(raw).toString('latin1'))?.[1] ?? '';
}

/** A control message of Mallory, who is a contact of Alice's, in perfect form. */
async function forge(control: ControlMessage): Promise<void> {
  const raw = await mallory.letter({ to: alice.own.address, key: aliceKey, forgery: { message: { control } } });
  const peer = await SmtpPeer.at(network, alice.own.onion);
  expect(await peer.transact({ from: mallory.address, to: alice.own.address, raw })).toMatchObject({
    content: '250 2.0.0 Stored',
  });
  peer.close();
  await settled(alice);
}

describe('forged control messages', () => {
  it('by another contact change nothing: a receipt, a read receipt, missing mail, a private onion', async () => {
    bob.core.onion.setOnline(false);
    const sent = await sendMail(alice.core, alice.own, { to: [bob.own.address], subject: 'For Bob alone' });
    await deliveryIs(alice, sent.id, 'recipient-offline');
    const messageId = await rfcMessageIdOf(alice, sent.id);
    await forge({ kind: 'receipt', messageId, at: Date.now(), action: 'delivered' });
    await forge({ kind: 'read', messageId, at: Date.now() });
    await forge({ kind: 'missing', messageIds: [messageId], holder: bob.own.onion });
    await forge({
      kind: 'hold.card',
      card: {
        issuedAt: Date.now(),
        tokenSeed: Buffer.alloc(32).toString('base64'),
        holders: [{ onion: mallory.onion, until: Date.now() + 1e9 }],
      },
    });
    await forge({
      kind: 'door',
      issuedAt: Date.now(),
      door: { onion: mallory.onion, authKey: Buffer.alloc(32, 1).toString('base64'), signature: 'A'.repeat(86) },
    });
    const { summary } = await alice.core.call('messages.read', { identityId: alice.own.id, messageId: sent.id });
    expect(summary.deliveries).toMatchObject([{ state: 'recipient-offline' }]);
    expect(summary.deliveries[0]).not.toHaveProperty('readAt');
    expect(await contactOf(alice, bob)).toMatchObject({ holderCount: 0, isPrivate: false });
    bob.core.onion.setOnline(true);
    await alice.core.call('outbox.tryNow', { identityId: alice.own.id, deliveryId: summary.deliveries[0]!.id });
    await deliveryIs(alice, sent.id, 'delivered');
    const history = await alice.core.call('messages.history', { identityId: alice.own.id, messageId: sent.id });
    expect(history.map(({ kind }) => kind)).toEqual(['queued', 'tried', 'accepted']);
  });
});

describe('read receipts', () => {
  it('go only to contacts that the reader chose, and once', async () => {
    const quiet = await sendMail(alice.core, alice.own, { to: [bob.own.address], subject: 'Quiet' });
    await deliveryIs(alice, quiet.id, 'delivered');
    await readAll();
    const contact = await contactOf(bob, alice);
    await bob.core.call('contacts.update', { identityId: bob.own.id, contactId: contact!.id, sendsReadReceipts: true });
    const told = await sendMail(alice.core, alice.own, { to: [bob.own.address], subject: 'Told' });
    await deliveryIs(alice, told.id, 'delivered');
    await readAll();
    await until(alice.core, async () => {
      const { summary } = await alice.core.call('messages.read', { identityId: alice.own.id, messageId: told.id });
      return summary.deliveries[0]?.readAt;
    });
    const { summary } = await alice.core.call('messages.read', { identityId: alice.own.id, messageId: quiet.id });
    expect(summary.deliveries[0]).not.toHaveProperty('readAt');
  });
});

async function readAll(): Promise<void> {
  const { messages } = await bob.core.call('messages.page', { identityId: bob.own.id, folder: 'inbox', limit: 100 });
  await bob.core.call('messages.setFlags', {
    identityId: bob.own.id,
    messageIds: messages.map(({ id }) => id),
    seen: true,
  });
}

describe('receipts', () => {
  it('of held mail reach a sender who was away when it came, by their own holder', async () => {
    const dave = await makePerson(network, 'dave');
    await agree(bob, dave);
    await agree(alice, dave);
    await knowsHolders(alice, bob, 1);
    await knowsHolders(bob, alice, 1);
    bob.core.onion.setOnline(false);
    const sent = await sendMail(alice.core, alice.own, { to: [bob.own.address], subject: 'Never at the same time' });
    await deliveryIs(alice, sent.id, 'held');
    alice.core.onion.setOnline(false);
    bob.core.onion.setOnline(true);
    await until(bob.core, async () => ((await subjectsOf(bob)).includes('Never at the same time') ? true : undefined));
    await until(dave.core, async () => {
      const { clients } = await dave.core.call('holding.view', { identityId: dave.own.id });
      return clients.some(({ address, heldMessages }) => address === alice.own.address && heldMessages > 0)
        ? true
        : undefined;
    });
    bob.core.onion.setOnline(false);
    alice.core.onion.setOnline(true);
    await deliveryIs(alice, sent.id, 'delivered');
    const history = await alice.core.call('messages.history', { identityId: alice.own.id, messageId: sent.id });
    expect(history.at(-1)).toMatchObject({ kind: 'delivered' });
    await dave.core.remove();
  });
});

/**
 * The disk of a person at the moment at which their mail with this subject is committed, as a crash right then leaves
 * it.
 */
function imageWhenStored({ core }: CustodyPerson, subject: string): Promise<string> {
  const image = mkdtempSync(join(tmpdir(), 'posthorn-image-'));
  return new Promise((resolve) => {
    core.onEvent((event) => {
      if (event.type !== 'message.stored' || event.message.subject !== subject) return;
      cpSync(core.directory, image, { recursive: true, filter: (path) => !path.endsWith('.sock') });
      resolve(image);
    });
  });
}

/** The control messages to one contact that are queued there. */
async function controlsIn(directory: string, to: CustodyPerson): Promise<(ControlMessage | undefined)[]> {
  const profile = openProfile({
    directory,
    clock: { now: () => Date.now() },
    random: { bytes: (length) => new Uint8Array(length) },
    events: { publish: () => undefined },
  });
  const unlocked = await profile.unlock(passphrase);
  if (unlocked.outcome !== 'unlocked') throw new Error('the passphrase is another');
  const mail = unlocked.vault.openMail(unlocked.vault.identities()[0]!);
  const queued = mail.outbox
    .deliveries({ unfinishedOnly: true, withControl: true })
    .filter(({ recipient }) => recipient === to.own.address);
  const controls = queued.map(({ messageId }) => mail.outbox.enclosures(messageId)?.control);
  mail.close();
  profile.close();
  return controls;
}

describe('a crash right after held mail was stored', () => {
  it('does not keep its sender from hearing of it', async () => {
    const [carol, reader, dave] = await Promise.all([
      makePerson(network, 'carol'),
      makePerson(network, 'reader'),
      makePerson(network, 'dave'),
    ]);
    await verify(carol, reader);
    await verify(reader, carol);
    await agree(reader, dave);
    await knowsHolders(carol, reader, 1);
    reader.core.onion.setOnline(false);
    const sent = await sendMail(carol.core, carol.own, { to: [reader.own.address], subject: 'Stored, and then' });
    await deliveryIs(carol, sent.id, 'held');
    const messageId = await rfcMessageIdOf(carol, sent.id);
    carol.core.onion.setOnline(false);
    const stored = imageWhenStored(reader, 'Stored, and then');
    reader.core.onion.setOnline(true);
    const image = await stored;
    expect(await controlsIn(image, carol)).toContainEqual(
      expect.objectContaining({ kind: 'receipt', messageId, action: 'delivered' }),
    );
    rmSync(image, { recursive: true });
    await Promise.all([carol, reader, dave].map(({ core }) => core.remove()));
  });
});
