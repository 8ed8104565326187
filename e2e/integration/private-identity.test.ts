import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { CoreClient } from '../harness/process/core-client';
import { HeadlessNode } from '../harness/people/headless-node';
import { Person } from '../harness/people/person';
import type { SocksAnswer } from '../harness/tor/socks-dial';
import { socksDial } from '../harness/tor/socks-dial';
import type { TorControl } from '../harness/tor/tor-control';

/** tor's answers: nothing is published under this name; it is, but not for us. */
const OFFLINE = 0xf0;
const NEEDS_AUTH = 0xf4;
/** Carol's tor has just asked every directory and asks none again: it answers by itself, after a millisecond. */
const ASKED_ALL = 0x04;
const SMTP = 25;
const HKP = 80;
const TRIES = 7;

let alice: Person;
/** Bob is private; Carol knows his address, as anybody may. */
let bob: Person;
let carol: Person;
let carolsTor: TorControl;
let bobsProfile: HeadlessNode;
let bobsOnion: string;

beforeAll(async () => {
  const { torrc } = inject('tornet');
  const people = ['alice', 'carol'].map((name) => Person.start({ name, torrc, localParts: [name] })) as [
    Promise<Person>,
    Promise<Person>,
  ];
  [bobsProfile, alice, carol] = await Promise.all([neverPublished(torrc), ...people]);
  carolsTor = await carol.tor();
});

afterAll(async () => {
  carolsTor.close();
  await Promise.all([alice.end(), carol.end(), bob.end()]);
  bobsProfile.remove();
});

/**
 * A profile with the identity of bob, made private before any tor could publish it: the directories of its network do
 * not exist.
 */
async function neverPublished(torrc: readonly string[]): Promise<HeadlessNode> {
  const nowhere = torrc.map((line) =>
    line.replace(/orport=\d+/u, 'orport=1').replace(/127\.0\.0\.1:\d+/u, '127.0.0.1:1'),
  );
  const node = await HeadlessNode.start({ name: 'bob', torrc: nowhere });
  const core = await CoreClient.connect(node.profile);
  const { id, onion } = await core.call('identities.create', { localPart: 'bob', label: '', colour: 'blue' });
  expect(await core.call('identities.setPrivate', { identityId: id, isPrivate: true })).toMatchObject({
    isPrivate: true,
  });
  bobsOnion = onion;
  core.close();
  await node.stop();
  return node;
}

/** What Carol's tor says of a name, one try after another, each on circuits of its own. */
async function asked(host: string, port: number): Promise<readonly SocksAnswer[]> {
  const answers: SocksAnswer[] = [];
  for (let index = 0; index < TRIES; index += 1) answers.push(await socksDial(carolsTor, { host, port }));
  return answers;
}

/** What Carol can learn by the address alone. */
async function seenByCarol(when: string): Promise<readonly number[]> {
  const answers = [...(await asked(bobsOnion, SMTP)), ...(await asked(bobsOnion, HKP))];
  const times = answers.map(({ ms }) => ms).sort((one, other) => one - other);
  process.stderr.write(
    `private identity, ${when}: median ${times[TRIES]!.toFixed(0)} ms, ${times[0]!.toFixed(0)} to ${times.at(-1)!.toFixed(0)} ms\n`,
  );
  return [...new Set(answers.map(({ code }) => code))];
}

/** Carol writes to Bob; what her program says of it. */
async function tryToWrite(subject: string): Promise<unknown> {
  const message = await carol.submit({ from: carol.identity, to: `bob@${bobsOnion}`, subject });
  return carol.core.event(
    (event) =>
      event.type === 'delivery.changed' && event.delivery.messageId === message.id && event.delivery.attempts > 0
        ? { state: event.delivery.state, reason: event.delivery.reason }
        : undefined,
    { what: `«${subject}» to be tried` },
  );
}

test('who knows only the address of a private identity sees it offline, online and offline alike, and a contact can write', async () => {
  const offline = await seenByCarol('offline');
  expect(offline).toEqual([OFFLINE]);
  const refused = await tryToWrite('while you are away');
  expect(refused).toMatchObject({ reason: 'offline' });

  const { torrc } = inject('tornet');
  await alice.core.call('contacts.add', { identityId: alice.identity.id, address: `bob@${bobsOnion}`, name: 'Bob' });
  bob = await Person.start({ name: 'bob', profile: bobsProfile.profile, torrc });
  await bob.core.call('contacts.add', { identityId: bob.identity.id, address: alice.identity.address, name: 'Alice' });
  await alice.core.event(
    (event) =>
      event.type === 'contact.changed' && event.contact.address === bob.identity.address && event.contact.isPrivate
        ? true
        : undefined,
    {
      what: 'Alice to be told the way to Bob',
    },
  );
  await bob.reachable(0);
  expect(await seenByCarol('online')).toEqual(offline);
  expect(await tryToWrite('while you are there')).toEqual(refused);

  const arrived = bob.received('from a contact');
  await alice.send({ from: alice.identity, to: bob.identity.address, subject: 'from a contact' });
  expect(await arrived).toMatchObject({ folder: 'inbox', from: alice.identity.address });
  expect(await bob.mail()).toEqual(['from a contact']);
});

/**
 * A door's name is known to contacts alone. Who learns it all the same, without a key, sees that there is a door, not
 * whether it is open.
 */
test('who knows even the name of a door cannot tell whether it is open', async () => {
  const door = await doorOfBob();
  const learned = async (): Promise<readonly number[]> =>
    [...new Set((await asked(door, SMTP)).map(({ code }) => code))].filter((code) => code !== ASKED_ALL);
  expect(await learned()).toEqual([NEEDS_AUTH]);
  await bob.end();
  // For as long as the directories keep the descriptor, three hours.
  expect(await learned()).toEqual([NEEDS_AUTH]);
  expect(await seenByCarol('offline again')).toEqual([OFFLINE]);
});

/** Alice's tor knows the name, for it has the key. */
async function doorOfBob(): Promise<string> {
  const tor = await alice.tor();
  const lines = await tor.command('ONION_CLIENT_AUTH_VIEW');
  tor.close();
  const [, name] = /^CLIENT ([a-z2-7]{56}) /u.exec(lines.find((line) => line.startsWith('CLIENT')) ?? '') ?? [];
  return `${name ?? ''}.onion`;
}
