import { writeFile } from 'node:fs/promises';
import { join as joinPath } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MailingListId } from '../../../../shared/mailing-lists/mailing-list';
import { checkMail } from '../../store/backup/backup-check';
import { openGpg } from '../../pgp/testing/gpg';
import {
  befriend,
  join,
  listOf,
  makePerson,
  post,
  subjects,
  until,
  untilPosts,
  WatchedNetwork,
  type Person,
} from '../../testing/lists/list-people';
import { makeTestCore } from '../../testing/make-test-core';
import { SettableClock } from '../../testing/settable-clock';

let network: WatchedNetwork;
let clock: SettableClock;
let alice: Person;
let bob: Person;
let carol: Person;
let list: MailingListId;

beforeEach(async () => {
  network = await WatchedNetwork.listen(new WatchedNetwork());
  clock = new SettableClock();
  [alice, bob, carol] = await Promise.all(
    ['alice', 'bob', 'carol'].map((name) => makePerson({ network, clock, name })) as [
      Promise<Person>,
      Promise<Person>,
      Promise<Person>,
    ],
  );
  await befriend(alice, bob);
  await befriend(alice, carol);
  ({ list } = await alice.core.call('lists.create', { identityId: alice.identity.id, name: 'Choir' }));
  await join(alice, bob, list);
  await join(alice, carol, list);
});
afterEach(async () => {
  await Promise.all([alice, bob, carol].map(({ core }) => core.remove()));
  await network.stop();
});

const everybody = () => [alice, bob, carol];
const addresses = async (person: Person) => (await listOf(person, list))?.members.map(({ address }) => address).sort();

describe('a list of three', () => {
  it('brings every post to all, once, into a mailbox of the list', async () => {
    await until(bob.core, 'lists.changed', async () => (await addresses(bob))?.length === 3);
    await post(alice, list, 'Rehearsal');
    await untilPosts(carol, list, 1);
    await post(carol, list, 'Cake');
    await untilPosts(bob, list, 2);
    await post(bob, list, 'Songs');
    for (const person of everybody()) expect(await untilPosts(person, list, 3)).toEqual(['Cake', 'Rehearsal', 'Songs']);
    const boxes = await bob.core.call('mailboxes.list', { identityId: bob.identity.id });
    expect(boxes.find(({ name }) => name === 'Choir')).toMatchObject({
      messages: 3,
      unseen: 2,
    });
    const all = await alice.core.call('messages.page', { identityId: alice.identity.id, folder: 'inbox', limit: 10 });
    expect(all.messages).toEqual([]);
  });

  it('files what gpg verifies when it is exported', async () => {
    await post(alice, list, 'Grüße 📯');
    await untilPosts(bob, list, 1);
    const view = await listOf(bob, list);
    const of = { identityId: bob.identity.id };
    const [message] = (await bob.core.call('messages.page', { ...of, folder: view!.mailboxId, limit: 1 })).messages;
    expect(message).toMatchObject({ from: alice.identity.address, protection: 'verified', subject: 'Grüße 📯' });
    expect(await bob.core.call('messages.read', { ...of, messageId: message!.id })).toMatchObject({
      text: 'This is about Grüße 📯.',
      attachments: [],
    });
    const raw = Buffer.from(await bob.core.call('messages.raw', { ...of, messageId: message!.id })).toString('latin1');
    expect(raw).toContain(`To: ${view!.address}`);
    const boundary = /multipart\/signed;[^]*?boundary="([^"]+)"/.exec(raw)?.[1] ?? '';
    const [, signed = '', rest = ''] = raw.split(`--${boundary}\r\n`);
    const gpg = openGpg();
    try {
      const { key } = await alice.core.call('identities.exportPublicKey', { identityId: alice.identity.id });
      await gpg.run(['--import'], key);
      const files = ['post.txt', 'post.asc'].map((name) => joinPath(bob.core.directory, name));
      await writeFile(files[0]!, signed.slice(0, -2), 'latin1');
      await writeFile(files[1]!, rest, 'latin1');
      const { stderr } = await gpg.run(['--verify', files[1]!, files[0]!]);
      expect(stderr).toContain('Good signature');
    } finally {
      await gpg.remove();
    }
  });

  it('lets somebody who was away catch up from any other member, also when the author never comes back', async () => {
    await until(bob.core, 'lists.changed', async () => (await addresses(bob))?.length === 3);
    await carol.core.stop();
    await post(alice, list, 'While you were away');
    await untilPosts(bob, list, 1);
    await alice.core.stop();
    carol.core = await makeTestCore(network, { clock, directory: carol.core.directory });
    expect(await untilPosts(carol, list, 1)).toEqual(['While you were away']);
    alice.core = await makeTestCore(network, { clock, directory: alice.core.directory });
    await post(bob, list, 'Welcome back');
    for (const person of everybody())
      expect(await untilPosts(person, list, 2)).toEqual(['Welcome back', 'While you were away']);
  });

  it('shows somebody who joins what was said before', async () => {
    await post(alice, list, 'Before');
    await untilPosts(bob, list, 1);
    const dave = await makePerson({ network, clock, name: 'dave' });
    try {
      await befriend(alice, dave);
      await join(alice, dave, list);
      expect(await untilPosts(dave, list, 1)).toEqual(['Before']);
    } finally {
      await dave.core.remove();
    }
  });

  it('lets a founder decide after a restore only when a member has told what was decided since', async () => {
    await until(bob.core, 'lists.changed', async () => (await addresses(bob))?.length === 3);
    // Its own memory is wiped when the core stops.
    const key = Uint8Array.from(alice.core.inside.session.require(alice.identity.id).identity().databaseKey);
    await alice.core.stop();
    bob.core.onion.setOnline(false);
    carol.core.onion.setOnline(false);
    const path = joinPath(alice.core.directory, 'identities', alice.identity.id, 'mail.db');
    expect(checkMail({ path, key })).toMatchObject({ outcome: 'good' });
    alice.core = await makeTestCore(network, { clock, directory: alice.core.directory });
    const remove = () =>
      alice.core.call('lists.remove', { identityId: alice.identity.id, list, address: carol.identity.address });
    await expect(remove()).rejects.toMatchObject({ code: 'list-refused' });
    expect(await addresses(alice)).toHaveLength(3);
    // Bob comes online and asks what is new; his question says how far he has her log.
    const changed = alice.core.when('lists.changed', () => true);
    bob.core.onion.setOnline(true);
    await changed;
    await remove();
    await until(bob.core, 'lists.changed', async () => (await addresses(bob))?.length === 2);
  });

  it('sends nothing more to somebody who left', async () => {
    await until(bob.core, 'lists.changed', async () => (await addresses(bob))?.length === 3);
    await bob.core.call('lists.leave', { identityId: bob.identity.id, list });
    for (const person of [alice, carol])
      await until(person.core, 'lists.changed', async () => (await addresses(person))?.length === 2);
    network.called.length = 0;
    await post(alice, list, 'Without Bob');
    await post(carol, list, 'Also without');
    for (const person of [alice, carol]) await untilPosts(person, list, 2);
    expect(network.called).not.toContain(bob.identity.onion);
    expect(await subjects(bob, list)).toEqual([]);
    await expect(post(bob, list, 'Still here?')).rejects.toMatchObject({ code: 'list-unknown' });
  });

  it('sends nothing more to somebody who was removed, nor what waits for them', async () => {
    await until(bob.core, 'lists.changed', async () => (await addresses(bob))?.length === 3);
    bob.core.onion.setOnline(false);
    await post(carol, list, 'Bob waits for this');
    await untilPosts(alice, list, 1);
    const of = { identityId: alice.identity.id, list };
    await alice.core.call('lists.remove', { ...of, address: bob.identity.address });
    await until(carol.core, 'lists.changed', async () => (await addresses(carol))?.length === 2);
    bob.core.onion.setOnline(true);
    network.called.length = 0;
    for (const person of [alice, carol]) {
      person.core.onion.setOnline(false);
      person.core.onion.setOnline(true);
    }
    await post(alice, list, 'Without Bob');
    await post(carol, list, 'Also without');
    for (const person of [alice, carol]) await untilPosts(person, list, 3);
    expect(network.called).not.toContain(bob.identity.onion);
    expect(await subjects(bob, list)).toEqual([]);
    // He does not know, and nobody takes what he says or tells him anything.
    await post(bob, list, 'Can you hear me?');
    await post(alice, list, 'The last word');
    for (const person of [alice, carol]) expect(await untilPosts(person, list, 4)).not.toContain('Can you hear me?');
    await expect(
      carol.core.call('lists.remove', { identityId: carol.identity.id, list, address: alice.identity.address }),
    ).rejects.toMatchObject({ code: 'list-refused' });
  });
});
