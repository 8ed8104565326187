import { afterEach, beforeEach, expect, it } from 'vitest';
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
} from '../../testing/custody-people';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeTestCore, passphrase, sendMail, type TestCore } from '../../testing/make-test-core';

const word = 'a word for the backup';

let network: LoopbackNetwork;
let alice: CustodyPerson;
let bob: CustodyPerson;
let dave: CustodyPerson;
let machines: TestCore[];

beforeEach(async () => {
  network = await LoopbackNetwork.start();
  const people = await Promise.all(['alice', 'bob', 'dave'].map((name) => makePerson(network, name)));
  [alice, bob, dave] = people as [CustodyPerson, CustodyPerson, CustodyPerson];
  machines = people.map(({ core }) => core);
  await verify(alice, bob);
  await verify(bob, alice);
});
afterEach(async () => {
  await Promise.all(machines.map((core) => core.remove()));
  await network.stop();
});

async function newMachine(): Promise<TestCore> {
  const core = await makeTestCore(network, { profile: 'new' });
  machines.push(core);
  return core;
}

async function backup({ core }: CustodyPerson): Promise<Uint8Array> {
  const { backupId, size } = await core.call('backup.create', { passphrase: word, withMail: true });
  const pieces: Uint8Array[] = [];
  for (let offset = 0; offset < size; offset += pieces.at(-1)!.length)
    pieces.push(await core.call('backup.read', { backupId, offset }));
  return Buffer.concat(pieces);
}

async function online({ core }: CustodyPerson): Promise<void> {
  await until(core, async () => {
    const [own] = await core.call('identities.list', {});
    return own?.reachability === 'online' ? true : undefined;
  });
}

async function hurry(messageId: string): Promise<void> {
  const { summary } = await alice.core.call('messages.read', { identityId: alice.own.id, messageId });
  const { id: deliveryId } = summary.deliveries[0]!;
  // It may be on its way already: Bob tells his contacts that he is back.
  await alice.core.call('outbox.tryNow', { identityId: alice.own.id, deliveryId }).catch(() => undefined);
}

it('gets the mail that a friend holds for the key before, sealed anew by its sender who accepts the new key', async () => {
  await agree(bob, dave);
  await knowsHolders(alice, bob, 1);
  const { words } = await bob.core.call('identities.paperKey', { identityId: bob.own.id });
  await bob.core.stop();
  const { id } = await sendMail(alice.core, alice.own, { to: [bob.own.address], subject: 'Held' });
  await deliveryIs(alice, id, 'held');

  const core = await makeTestCore(network);
  machines.push(core);
  const asked = { words: words.join(' '), localPart: 'bob', label: '', colour: 'blue' } as const;
  const again = { core, own: await core.call('identities.restoreFromPaper', asked) };
  await online(again);
  await hurry(id);
  const contactId = await until(alice.core, async () => {
    const { summary } = await alice.core.call('messages.read', { identityId: alice.own.id, messageId: id });
    const contact = await contactOf(alice, again);
    return summary.deliveries[0]?.reason === 'key-unaccepted' ? contact?.id : undefined;
  });
  await alice.core.call('contacts.acceptKey', { identityId: alice.own.id, contactId });
  await deliveryIs(alice, id, 'delivered');
  const { messages } = await core.call('messages.page', { identityId: again.own.id, folder: 'requests', limit: 50 });
  expect(messages.map(({ subject }) => subject)).toEqual(['Held']);
  const history = await alice.core.call('messages.history', { identityId: alice.own.id, messageId: id });
  expect(history.some((entry) => entry.kind === 'tried' && entry.reason === 'key-unaccepted')).toBe(true);
});

it('gets mail after an old backup has brought the key before back', async () => {
  const file = await backup(bob);
  await bob.core.call('identities.replaceKey', { identityId: bob.own.id });
  await until(alice.core, async () => {
    const { id: contactId } = (await alice.core.call('contacts.list', { identityId: alice.own.id }))[0]!;
    const { keyState } = await alice.core.call('contacts.fetchKey', { identityId: alice.own.id, contactId });
    return keyState === 'changed' ? true : undefined;
  });
  await bob.core.stop();
  const { id } = await sendMail(alice.core, alice.own, { to: [bob.own.address], subject: 'For the new key' });
  const core = await newMachine();
  const { backupId } = await core.call('backup.open', { size: file.length });
  await core.call('backup.write', { backupId, piece: file });
  const asked = { backupId, passphrase: word, profilePassphrase: passphrase };
  expect(await core.call('backup.restore', asked)).toMatchObject({ outcome: 'good' });
  const again = { core, own: bob.own };
  await online(again);
  await hurry(id);
  await deliveryIs(alice, id, 'delivered');
  expect(await subjectsOf(again)).toEqual(['For the new key']);
});
