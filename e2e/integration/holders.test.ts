import { randomBytes } from 'node:crypto';
import { cpSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Contact } from '../../shared/contact';
import type { CustodyOverview } from '../../shared/custody';
import type { Delivery, MessageSummary } from '../../shared/message';
import { tracesInFiles, tracesInMemory } from '../harness/process/find-traces';
import type { HeadlessStart } from '../harness/people/headless-node';
import { HeadlessNode } from '../harness/people/headless-node';
import { Person } from '../harness/people/person';
import { processTree } from '../harness/process/process-tree';

/** A word that stands nowhere by chance. */
const uniqueWord = (): string => `q${randomBytes(10).toString('hex')}`;

const { torrc } = inject('tornet');
const words = { sender: uniqueWord(), subject: uniqueWord(), body: uniqueWord() };

/** Every program that was started, to be ended and removed with its files. */
const nodes: HeadlessNode[] = [];
let alice: Person;
let bob: Person;
let dave: Person;
/** An always-on machine of Bob's. */
let keeper: HeadlessNode;
let keeperAddress = '';
let sent: MessageSummary;

async function begin(options: HeadlessStart & { readonly localParts?: readonly string[] }): Promise<Person> {
  const person = await Person.start({ ...options, torrc });
  nodes.push(person.node);
  return person;
}

/** The same person on the same machine again, or with another copy of its files; resolves when they can be reached. */
const cameOn = ({ node: { profile } }: Person, copy = profile): Promise<Person> =>
  begin({ name: 'again', profile: copy });

async function goOff({ core, node }: Person): Promise<void> {
  core.close();
  await node.stop();
}

/** Resolves with what `look` answers as soon as it is something; looks again whenever the core tells of anything. */
async function until<T>({ core }: Person, look: () => Promise<T | undefined>, what: string): Promise<T> {
  for (;;) {
    const since = core.mark;
    const found = await look();
    if (found !== undefined) return found;
    await core.event(() => true, { since, what });
  }
}

const contactOf = async ({ core, identity }: Person, address: string): Promise<Contact | undefined> =>
  (await core.call('contacts.list', { identityId: identity.id })).find((contact) => contact.address === address);

/** One scans the other's screen; resolves when the key has come over tor. */
async function scan(who: Person, whom: Person): Promise<void> {
  const { uri } = await whom.core.call('cards.own', { identityId: whom.identity.id, withCode: false });
  await who.core.call('contacts.verifyCard', {
    identityId: who.identity.id,
    text: uri,
    certify: { level: 'positive', shared: false },
  });
  await until(
    who,
    async () => ((await contactOf(who, whom.identity.address))?.standing.kind === 'verified' ? true : undefined),
    'somebody to be verified',
  );
}

const holding = ({ core, identity }: Person): Promise<CustodyOverview> =>
  core.call('holding.view', { identityId: identity.id });

const holderOf = async (who: Person, address: string) =>
  (await holding(who)).holders.find((holder) => holder.address === address);

/** Resolves when this address keeps Bob's mail, knows by which tokens, and Alice may leave mail with so many. */
async function holds(address: string, count: number): Promise<void> {
  await Promise.all([
    until(
      bob,
      async () => {
        const holder = await holderOf(bob, address);
        return holder?.state === 'active' && !holder.tokensDue ? true : undefined;
      },
      'a holder to agree and to learn the tokens',
    ),
    until(
      alice,
      async () => ((await contactOf(alice, bob.identity.address))?.holderCount === count ? true : undefined),
      'the sender to learn of a holder',
    ),
  ]);
}

/** Resolves when the one delivery of Alice's message is as `pick` wants it. */
function deliveryAt(pick: (delivery: Delivery) => boolean, what: string): Promise<Delivery> {
  const look = async (): Promise<Delivery | undefined> => {
    const { summary } = await alice.core.call('messages.read', { identityId: alice.identity.id, messageId: sent.id });
    return summary.deliveries.find(pick);
  };
  return until(alice, look, what);
}

const subjects = async (): Promise<string[]> => (await bob.mail()).filter((subject) => subject !== '');

beforeAll(async () => {
  const keeping = HeadlessNode.start({ name: 'keeper', torrc, args: ['--keep-mail'] }).then((node) => {
    nodes.push(node);
    return node;
  });
  [keeper, alice, bob, dave] = await Promise.all([
    keeping,
    begin({ name: 'one', localParts: [words.sender] }),
    begin({ name: 'two', localParts: ['bob'] }),
    begin({ name: 'three', localParts: ['dave'] }),
  ]);
  await Promise.all([scan(alice, bob), scan(bob, alice)]);
});

afterAll(async () => {
  await Promise.all(nodes.map((node) => node.stop()));
  for (const node of nodes) node.remove();
});

test('an always-on machine prints a code, and whoever pastes it is kept for', async () => {
  const { text } = JSON.parse(await keeper.stdout.line(/"event":"pairing-code"/u)) as { readonly text: string };
  const asked = (await bob.node.json(['hold', 'pair', '-', '--name', 'My server'], text)) as {
    readonly address: string;
  };
  keeperAddress = asked.address;
  expect(keeperAddress).toMatch(/^keeper@/u);
  await holds(keeperAddress, 1);
  expect((await bob.node.posthorn(['hold', 'list'])).stdout).toMatch(
    /^They keep mail for you:\n {2}keeper@\S+ {2}My server {2}active {2}100 MB, 20 days {2}until /u,
  );
});

test('mail to somebody who is away is left there', async () => {
  await goOff(bob);
  sent = await alice.submit({
    from: alice.identity,
    to: bob.identity.address,
    subject: words.subject,
    text: `${words.body}\n`,
  });
  expect(await deliveryAt(({ state }) => state === 'held', 'a holder to sign')).toMatchObject({ heldBy: 1 });
  expect((await alice.node.posthorn(['outbox'])).stdout).toMatch(/ {2}held {2}kept by 1 until /u);
  await goOff(alice);
  expect(await keeper.json(['hold'])).toMatchObject({
    holders: [],
    clients: [{ address: bob.identity.address, heldMessages: 1 }],
  });
});

test('nothing of it can be read there, and nothing says whose it is', () => {
  const secret = [words.sender, words.subject, words.body, alice.identity.onion.replace('.onion', '')];
  const known = bob.identity.onion.replace('.onion', '');
  const traces = [
    ...tracesInFiles(keeper.profile, [...secret, 'TorVersion']),
    ...processTree(keeper.pid!).flatMap((pid) => tracesInMemory(pid, [...secret, known])),
  ];
  // What the machine does have is found, in its files and in the memory of both programs.
  const control = traces
    .filter(({ word }) => word.startsWith('TorVersion') || word.startsWith(known))
    .map(({ place }) => place);
  expect(control).toContain('/tor/state');
  expect(control).toContainEqual(expect.stringMatching(/^memory of node/u));
  expect(control).toContainEqual(expect.stringMatching(/^memory of tor/u));
  expect(traces.filter(({ word }) => secret.some((one) => word.startsWith(one)))).toEqual([]);
});

test('it arrives when its recipient can be reached, though its sender is gone', async () => {
  const startedAt = Date.now();
  bob = await cameOn(bob);
  const onlineAt = Date.now();
  const { storedAt } = await bob.received(words.subject);
  process.stdout.write(
    `held mail: stored ${((storedAt - onlineAt) / 1_000).toFixed(1)} s after its recipient could be reached, ${((storedAt - startedAt) / 1_000).toFixed(1)} s after the program was started\n`,
  );
});

test('its sender, back again, sees that it was delivered', async () => {
  alice = await cameOn(alice);
  await deliveryAt(({ state }) => state === 'delivered', 'the message to be delivered');
  const { stdout } = await alice.node.posthorn(['history', sent.id]);
  expect(stdout).toMatch(/ {2}in the outbox\n/u);
  expect(stdout).toMatch(new RegExp(` {2}left with ${keeperAddress.split('@')[1]!}, who keeps it until `, 'u'));
  expect(await subjects()).toEqual([words.subject]);
});

test('of two holders one drops it and the other brings it again and again: delivered once', async () => {
  await Promise.all([scan(bob, dave), scan(dave, bob)]);
  await bob.node.json(['hold', 'ask', dave.identity.address, '--quota', '50', '--days', '10']);
  await until(
    dave,
    async () => ((await holding(dave)).clients.length === 1 ? true : undefined),
    'the question to come',
  );
  expect((await dave.node.posthorn(['hold', 'answer', bob.identity.address, '--accept'])).stdout).toContain(
    '  active  50 MB, 10 days',
  );
  await holds(dave.identity.address, 2);

  await goOff(bob);
  const subject = uniqueWord();
  sent = await alice.submit({ from: alice.identity, to: bob.identity.address, subject });
  await deliveryAt(({ heldBy }) => heldBy === 2, 'two holders to sign');
  await Promise.all([goOff(alice), goOff(dave), keeper.stop('SIGKILL')]);
  const copy = join(keeper.profile, '..', 'copy');
  cpSync(dave.node.profile, copy, { recursive: true, filter: (path) => basename(path) !== 'control.sock' });

  [bob, dave] = await Promise.all([cameOn(bob), cameOn(dave)]);
  await bob.received(subject);
  alice = await cameOn(alice);
  await deliveryAt(({ state }) => state === 'delivered', 'the message to be delivered');

  await goOff(dave);
  dave = await cameOn(dave, copy);
  await until(
    bob,
    async () => ((await holderOf(bob, dave.identity.address))?.faults.replayed === 1 ? true : undefined),
    'the message to come again',
  );
  expect(await subjects()).toEqual([words.subject, subject].sort());
});
