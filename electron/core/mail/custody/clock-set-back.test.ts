import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  agree,
  deliveryIs,
  holderOf,
  knowsHolders,
  makePerson,
  subjectsOf,
  until,
  verify,
  type CustodyPerson,
} from '../../testing/custody-people';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { sendMail } from '../../testing/make-test-core';
import { SettableClock } from '../../testing/settable-clock';

const HOUR = 60 * 60_000;

let network: LoopbackNetwork;
let davesClock: SettableClock;
let alice: CustodyPerson;
let bob: CustodyPerson;
let dave: CustodyPerson;

beforeAll(async () => {
  network = await LoopbackNetwork.start();
  davesClock = new SettableClock(Date.now());
  [alice, bob, dave] = await Promise.all([
    makePerson(network, 'alice'),
    makePerson(network, 'bob'),
    makePerson(network, 'dave', davesClock),
  ]);
  await verify(alice, bob);
  await verify(bob, alice);
  await agree(bob, dave);
  await knowsHolders(alice, bob, 1);
}, 60_000);
afterAll(async () => {
  await Promise.all([alice, bob, dave].map(({ core }) => core.remove()));
  await network.stop();
});

it('a holder whose clock was set back hands over when it is asked', async () => {
  const reachedAt = (await holderOf(bob, dave))?.reachedAt;
  await bob.core.call('holding.collect', { identityId: bob.own.id });
  await until(bob.core, async () => ((await holderOf(bob, dave))?.reachedAt === reachedAt ? undefined : true));
  davesClock.jump(-6 * HOUR);
  bob.core.onion.setOnline(false);
  const sent = await sendMail(alice.core, alice.own, { to: [bob.own.address], subject: 'Held' });
  await deliveryIs(alice, sent.id, 'held');
  alice.core.onion.setOnline(false);
  bob.core.onion.setOnline(true);
  await until(bob.core, async () => ((await subjectsOf(bob)).includes('Held') ? true : undefined));
  expect(await subjectsOf(bob)).toEqual(['Held']);
}, 15_000);
