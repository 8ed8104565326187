import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  agree,
  clientOf,
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

let network: LoopbackNetwork;
let alice: CustodyPerson;
let bob: CustodyPerson;
let dave: CustodyPerson;

beforeAll(async () => {
  network = await LoopbackNetwork.start();
});
afterAll(() => network.stop());

beforeEach(async () => {
  [alice, bob, dave] = await Promise.all([
    makePerson(network, 'alice'),
    makePerson(network, 'bob'),
    makePerson(network, 'dave'),
  ]);
});
afterEach(() => Promise.all([alice, bob, dave].map(({ core }) => core.remove())));

/** Dave holds for Bob, and Alice knows it. */
async function prepare(): Promise<void> {
  await verify(alice, bob);
  await verify(bob, alice);
  await agree(bob, dave);
  await knowsHolders(alice, bob, 1);
}

describe('mail to a recipient who is away', () => {
  it('waits with a holder, arrives when they come back though its sender is gone, and the sender hears of it', async () => {
    await prepare();
    bob.core.onion.setOnline(false);
    const sent = await sendMail(alice.core, alice.own, { to: [bob.own.address], subject: 'While you are out' });
    await deliveryIs(alice, sent.id, 'held');
    expect(await clientOf(dave, bob)).toMatchObject({ heldMessages: 1 });

    alice.core.onion.setOnline(false);
    const arrived = bob.core.when('message.stored', ({ message }) => message.subject === 'While you are out');
    bob.core.onion.setOnline(true);
    await arrived;
    await until(dave.core, async () => ((await clientOf(dave, bob))?.heldMessages === 0 ? true : undefined));
    expect(await clientOf(dave, bob)).toMatchObject({ handedOver: 1 });

    alice.core.onion.setOnline(true);
    await deliveryIs(alice, sent.id, 'delivered');
    expect(await subjectsOf(bob)).toEqual(['While you are out']);
    expect(await holderOf(bob, dave)).toMatchObject({ handedOver: 1, faults: { missing: 0, replayed: 0, expired: 0 } });
  });

  it('is left there again when its sender has another key, and arrives though the recipient knows the new one', async () => {
    await prepare();
    bob.core.onion.setOnline(false);
    const first = await sendMail(alice.core, alice.own, { to: [bob.own.address], subject: 'Signed with the old key' });
    // Waits for the end of the whole try: a message that is just being sent is not sealed again.
    await until(alice.core, async () => {
      const { summary } = await alice.core.call('messages.read', { identityId: alice.own.id, messageId: first.id });
      const [delivery] = summary.deliveries;
      return delivery?.state === 'held' && delivery.attempts === 1 ? true : undefined;
    });
    await alice.core.call('identities.replaceKey', { identityId: alice.own.id });
    const second = await sendMail(alice.core, alice.own, { to: [bob.own.address], subject: 'Signed with the new key' });
    await Promise.all([first, second].map(({ id }) => deliveryIs(alice, id, 'held')));
    alice.core.onion.setOnline(false);
    bob.core.onion.setOnline(true);
    await until(bob.core, async () => ((await subjectsOf(bob)).length === 2 ? true : undefined));
    alice.core.onion.setOnline(true);
    await Promise.all([first, second].map(({ id }) => deliveryIs(alice, id, 'delivered')));
    expect(await subjectsOf(bob)).toEqual(['Signed with the new key', 'Signed with the old key']);
  });
});
