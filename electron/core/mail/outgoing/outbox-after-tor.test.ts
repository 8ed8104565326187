import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Identity } from '../../../../shared/identity';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, sendMail, type TestCore } from '../../testing/make-test-core';
import { SettableClock } from '../../testing/settable-clock';

let network: LoopbackNetwork;
let alice: TestCore;
let bob: TestCore;
let a: Identity;
let b: Identity;

beforeEach(async () => {
  network = await LoopbackNetwork.start();
  const clock = new SettableClock();
  [alice, bob] = await Promise.all([makeTestCore(network, { clock }), makeTestCore(network, { clock })]);
  [a, b] = await Promise.all([makeIdentity(alice, 'alice'), makeIdentity(bob, 'bob')]);
});
afterEach(async () => {
  await Promise.all([alice.remove(), bob.remove()]);
  await network.stop();
});

it('tries what waits for its time at once when Tor comes back', async () => {
  bob.onion.setOnline(false);
  const waiting = alice.when('delivery.changed', ({ delivery }) => delivery.state === 'recipient-offline');
  await sendMail(alice, a, { to: [b.address] });
  const { delivery } = await waiting;
  expect(delivery.nextTryAt).toBeDefined();
  expect(await alice.call('outbox.list', { identityId: a.id })).toEqual([delivery]);
  bob.onion.setOnline(true);
  const delivered = alice.when('delivery.changed', ({ delivery }) => delivery.state === 'delivered');
  // The clock stands still: no retry time can have come.
  alice.onion.setOnline(false);
  alice.onion.setOnline(true);
  expect((await delivered).delivery.attempts).toBe(2);
});

it('keeps the retry times when Tor only says again that it is there', async () => {
  bob.onion.setOnline(false);
  const waiting = alice.when('delivery.changed', ({ delivery }) => delivery.state === 'recipient-offline');
  await sendMail(alice, a, { to: [b.address] });
  const { delivery } = await waiting;
  alice.onion.setOnline(true);
  expect(await alice.call('outbox.list', { identityId: a.id })).toEqual([delivery]);
});
