import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Identity } from '../../../../shared/identity';
import type { MessageSummary } from '../../../../shared/message';
import { present } from '../../../../shared/present';
import { DAY_MS } from '../../domain/time';
import { binaryKey, makeAttacker, type Attacker } from '../../testing/attacker';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, type TestCore } from '../../testing/make-test-core';
import { SettableClock } from '../../testing/settable-clock';
import { SmtpPeer } from '../../testing/smtp-peer';

let network: LoopbackNetwork;
let clock: SettableClock;
let bob: TestCore;
let own: Identity;
let alice: Attacker;
let mallory: Attacker;

beforeEach(async () => {
  network = await LoopbackNetwork.start();
  clock = new SettableClock();
  bob = await makeTestCore(network, { clock });
  own = await makeIdentity(bob, 'bob');
  alice = await makeAttacker({ localPart: 'ks7', now: clock.now() });
  mallory = await makeAttacker({ localPart: 'mallory', now: clock.now() });
  await bob.call('contacts.add', { identityId: own.id, address: alice.address, name: 'Katharina Łukasz' });
});
afterEach(async () => {
  await bob.remove();
  await network.stop();
});

type Letter = {
  readonly by?: Attacker;
  readonly id: string;
  readonly answers?: string;
  readonly references?: readonly string[];
  readonly daysAgo: number;
};

/** Over SMTP, sealed and signed, with nothing but In-Reply-To unless it says otherwise. */
async function deliver({ by = alice, id, answers, references = [], daysAgo }: Letter): Promise<void> {
  const key = binaryKey((await bob.call('identities.exportPublicKey', { identityId: own.id })).key);
  const message = {
    messageId: `<${id}@letters>`,
    date: clock.now() - daysAgo * DAY_MS,
    subject: id,
    references: references.map((one) => `<${one}@letters>`),
    ...present({ inReplyTo: answers && `<${answers}@letters>` }),
  };
  const raw = await by.letter({ to: own.address, key, forgery: { message } });
  const peer = await SmtpPeer.at(network, own.onion);
  const { content } = await peer.transact({ from: by.address, to: own.address, raw });
  peer.close();
  expect(content).toBe('250 2.0.0 Stored');
}

const inFolder = async (folder: 'inbox' | 'requests'): Promise<MessageSummary[]> =>
  (await bob.call('messages.page', { identityId: own.id, folder, limit: 50 })).messages;

it('is one conversation in the order of writing, found by the name of its writer', async () => {
  await deliver({ id: 'a', daysAgo: 9 });
  await deliver({ id: 'c', answers: 'b', daysAgo: 1 });
  await deliver({ id: 'b', answers: 'a', daysAgo: 5 });
  const inbox = await inFolder('inbox');
  expect(inbox.map(({ subject }) => subject)).toEqual(['c', 'b', 'a']);
  const { threadId } = inbox[0]!;
  const thread = await bob.call('messages.thread', { identityId: own.id, threadId });
  expect(thread.map(({ subject }) => subject)).toEqual(['a', 'b', 'c']);
  const found = await bob.call('messages.search', { identityId: own.id, text: 'katharina lukasz', limit: 9 });
  expect(found.map(({ subject }) => subject)).toEqual(['c', 'b', 'a']);
  const { message } = await bob.call('messages.unread', { identityId: own.id, folder: 'inbox' });
  expect(message?.subject).toBe('b');
});

it('takes no stranger in who names every letter', async () => {
  await deliver({ id: 'a', daysAgo: 3 });
  await deliver({ id: 'other', daysAgo: 2 });
  await deliver({ by: mallory, id: 'm', answers: 'a', references: ['other', 'a'], daysAgo: 0 });
  const all = [...(await inFolder('inbox')), ...(await inFolder('requests'))];
  expect(new Set(all.map(({ threadId }) => threadId)).size).toBe(3);
});
