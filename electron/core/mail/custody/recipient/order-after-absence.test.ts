import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  agree,
  deliveryIs,
  knowsHolders,
  makePerson,
  until,
  verify,
  type CustodyPerson,
} from '../../../testing/custody-people';
import { LoopbackNetwork } from '../../../testing/loopback-onion';
import { sendMail } from '../../../testing/make-test-core';
import { SettableClock } from '../../../testing/settable-clock';
import { MINUTE_MS } from '../../../domain/time';

let network: LoopbackNetwork;
let clock: SettableClock;
let people: readonly CustodyPerson[];
let alice: CustodyPerson;
let bob: CustodyPerson;
let dave: CustodyPerson;

/** Dave holds for Bob, and Alice knows it. */
beforeEach(async () => {
  network = await LoopbackNetwork.start();
  clock = new SettableClock();
  people = await Promise.all(['alice', 'bob', 'dave'].map((name) => makePerson(network, name, clock)));
  [alice, bob, dave] = people as [CustodyPerson, CustodyPerson, CustodyPerson];
  await verify(alice, bob);
  await verify(bob, alice);
  await agree(bob, dave);
  await knowsHolders(alice, bob, 1);
});
afterEach(async () => {
  await Promise.all(people.map(({ core }) => core.remove()));
  await network.stop();
});

it('stands in the order of writing, though holders hand over newest first', async () => {
  bob.core.onion.setOnline(false);
  let inReplyTo: string | undefined;
  for (const text of ['first', 'second', 'third']) {
    const { id } = await sendMail(alice.core, alice.own, {
      to: [bob.own.address],
      text,
      ...(inReplyTo === undefined ? {} : { inReplyTo }),
    });
    inReplyTo = id;
    await deliveryIs(alice, id, 'held');
    clock.advance(2 * MINUTE_MS);
  }
  alice.core.onion.setOnline(false);
  bob.core.onion.setOnline(true);
  const { messages } = await until(bob.core, async () => {
    const page = await bob.core.call('messages.page', { identityId: bob.own.id, folder: 'inbox', limit: 10 });
    return page.messages.length === 3 ? page : undefined;
  });
  const thread = await bob.core.call('messages.thread', {
    identityId: bob.own.id,
    threadId: messages[0]!.threadId,
  });
  expect(messages.map(({ preview }) => preview)).toEqual(['third', 'second', 'first']);
  expect(thread.map(({ preview }) => preview)).toEqual(['first', 'second', 'third']);
});
