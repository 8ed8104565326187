import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  agree,
  clientOf,
  deliveryIs,
  knowsHolders,
  makePerson,
  subjectsOf,
  until,
  verify,
  type CustodyPerson,
} from '../../testing/custody-people';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeTestCore, passphrase, sendMail } from '../../testing/make-test-core';
import { TOKENS_PER_CONTACT } from '../../domain/custody-limits';

const word = 'a word for the backup';

let network: LoopbackNetwork;
let people: CustodyPerson[];

beforeEach(async () => {
  network = await LoopbackNetwork.start();
  people = await Promise.all(['alice', 'bob', 'dave'].map((name) => makePerson(network, name)));
});
afterEach(async () => {
  await Promise.all(people.map(({ core }) => core.remove()));
  await network.stop();
});

async function backup({ core }: CustodyPerson): Promise<Uint8Array> {
  const { backupId, size } = await core.call('backup.create', { passphrase: word, withMail: true });
  const pieces: Uint8Array[] = [];
  for (let offset = 0; offset < size; offset += pieces.at(-1)!.length)
    pieces.push(await core.call('backup.read', { backupId, offset }));
  return Buffer.concat(pieces);
}

/** The same identity on another machine, offline; the earlier machine is gone. */
async function restored({ core: before, own }: CustodyPerson, file: Uint8Array): Promise<CustodyPerson> {
  await before.stop();
  const core = await makeTestCore(network, { profile: 'new' });
  core.onion.setOnline(false);
  const person = { core, own };
  people.push(person);
  const { backupId } = await core.call('backup.open', { size: file.length });
  await core.call('backup.write', { backupId, piece: file });
  expect(
    await core.call('backup.restore', { backupId, passphrase: word, profilePassphrase: passphrase }),
  ).toMatchObject({ outcome: 'good' });
  return person;
}

/** Leaves this many messages for a recipient who is away. */
async function leave(from: CustodyPerson, to: CustodyPerson, count: number): Promise<void> {
  const subjects = Array.from({ length: count }, (_, index) => `Letter ${String(index)}`);
  const sent = await Promise.all(
    subjects.map((subject) => sendMail(from.core, from.own, { to: [to.own.address], subject })),
  );
  for (const { id } of sent) await deliveryIs(from, id, 'held');
}

/**
 * Resolves when a person has received a mail of more than `least` octets, as holder lists and tokens are: control
 * messages show in no folder.
 */
function told({ core }: CustodyPerson, least: number): Promise<unknown> {
  return core.when(
    'transfer.progressed',
    ({ transfer }) => transfer.direction === 'in' && transfer.done && transfer.bytes > least,
  );
}

describe('a profile restored from an old backup', () => {
  it('is left mail by contacts who have used more tokens since than it knows of', async () => {
    const [alice, bob, dave] = people as [CustodyPerson, CustodyPerson, CustodyPerson];
    await verify(alice, bob);
    await verify(bob, alice);
    await agree(bob, dave);
    await knowsHolders(alice, bob, 1);
    const file = await backup(bob);
    bob.core.onion.setOnline(false);
    await leave(alice, bob, TOKENS_PER_CONTACT);
    bob.core.onion.setOnline(true);
    await until(bob.core, async () => ((await subjectsOf(bob)).length === TOKENS_PER_CONTACT ? true : undefined));
    await until(dave.core, async () => ((await clientOf(dave, bob))?.heldMessages === 0 ? true : undefined));

    const again = await restored(bob, file);
    const [holderList, tokenList] = [told(alice, 0), told(dave, 10_000)];
    again.core.onion.setOnline(true);
    await Promise.all([holderList, tokenList]);
    again.core.onion.setOnline(false);
    await leave(alice, again, 1);
  });

  it('leaves mail with holders of contacts though it has used more tokens since than it knows of', async () => {
    const [alice, bob, dave] = people as [CustodyPerson, CustodyPerson, CustodyPerson];
    await verify(alice, bob);
    await verify(bob, alice);
    await agree(bob, dave);
    await knowsHolders(alice, bob, 1);
    const file = await backup(alice);
    bob.core.onion.setOnline(false);
    await leave(alice, bob, TOKENS_PER_CONTACT);
    bob.core.onion.setOnline(true);
    await until(bob.core, async () => ((await subjectsOf(bob)).length === TOKENS_PER_CONTACT ? true : undefined));
    await until(dave.core, async () => ((await clientOf(dave, bob))?.heldMessages === 0 ? true : undefined));

    const again = await restored(alice, file);
    const [tokenList, holderList] = [
      told(dave, 10_000),
      again.core.when(
        'contact.changed',
        ({ contact }) => contact.address === bob.own.address && contact.holderCount === 1,
      ),
    ];
    again.core.onion.setOnline(true);
    await Promise.all([tokenList, holderList]);
    bob.core.onion.setOnline(false);
    await leave(again, bob, 1);
  });
});
