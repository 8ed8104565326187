import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
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
import { RogueHolder } from '../../testing/rogue-holder';
import { SettableClock } from '../../testing/settable-clock';
import { MISSING_GRACE_MS } from '../../domain/custody-limits';

let network: LoopbackNetwork;
let alice: CustodyPerson;
let bob: CustodyPerson;
let dave: CustodyPerson;
let erin: CustodyPerson;
let rogue: RogueHolder;
let bobsClock: SettableClock;

beforeAll(async () => {
  network = await LoopbackNetwork.start();
});
afterAll(() => network.stop());

/** Dave and Erin hold for Bob, Alice knows it; then something else answers in Dave's place. */
beforeEach(async () => {
  bobsClock = new SettableClock(Date.now());
  [alice, bob, dave, erin] = await Promise.all([
    makePerson(network, 'alice'),
    makePerson(network, 'bob', bobsClock),
    makePerson(network, 'dave'),
    makePerson(network, 'erin'),
  ]);
  await verify(alice, bob);
  await verify(bob, alice);
  await agree(bob, dave);
  await agree(bob, erin);
  await knowsHolders(alice, bob, 2);
  rogue = await RogueHolder.inPlaceOf(network, dave);
  bob.core.onion.setOnline(false);
});
afterEach(async () => {
  await rogue.stop();
  await Promise.all([alice, bob, dave, erin].map(({ core }) => core.remove()));
});

/** Sends and waits until a holder has signed. */
async function leave(subject: string): Promise<string> {
  const { id } = await sendMail(alice.core, alice.own, { to: [bob.own.address], subject });
  await deliveryIs(alice, id, 'held');
  return id;
}

const holdersOf = async (messageId: string): Promise<number | undefined> =>
  (await alice.core.call('messages.read', { identityId: alice.own.id, messageId })).summary.deliveries[0]?.heldBy;

describe('one of two holders', () => {
  it('signs and drops: the message comes from the other, once', async () => {
    const id = await leave('One');
    await until(alice.core, async () => ((await holdersOf(id)) === 2 ? true : undefined));
    alice.core.onion.setOnline(false);
    const arrived = bob.core.when('message.stored', ({ message }) => message.subject === 'One');
    bob.core.onion.setOnline(true);
    await arrived;
    alice.core.onion.setOnline(true);
    await deliveryIs(alice, id, 'delivered');
    expect(await subjectsOf(bob)).toEqual(['One']);
  });

  it('hands the same envelope over again and again: the message is there once, and the holder is known for it', async () => {
    const id = await leave('Again');
    await until(alice.core, async () => ((await holdersOf(id)) === 2 ? true : undefined));
    bob.core.onion.setOnline(true);
    const [kept] = rogue.kept;
    for (let time = 0; time < 5; time += 1) {
      expect(await rogue.handOver(kept!, { to: bob.own.address })).toMatchObject({ outcome: 'delivered' });
    }
    expect(await subjectsOf(bob)).toEqual(['Again']);
    expect(await holderOf(bob, dave)).toMatchObject({ handedOver: 1, faults: { replayed: 4 } });
  });

  it('changes an octet: nothing of it is taken', async () => {
    await leave('Changed');
    await until(alice.core, () => Promise.resolve(rogue.kept[0]));
    const [kept] = rogue.kept;
    erin.core.onion.setOnline(false);
    alice.core.onion.setOnline(false);
    bob.core.onion.setOnline(true);
    const flip = (held: Uint8Array): Uint8Array => {
      const at = held.length - 200;
      held[at] = held[at] === 0x41 ? 0x42 : 0x41;
      return held;
    };
    expect(await rogue.handOver(kept!, { to: bob.own.address, tamper: flip })).toMatchObject({ outcome: 'refused' });
    expect(await subjectsOf(bob)).toEqual([]);
  });

  it('signs and drops while the other was away: the gap is shown, its sender is told, and it comes', async () => {
    erin.core.onion.setOnline(false);
    const first = await leave('First');
    // Waits for the end of the whole try, with the vain deposit at Erin too.
    await until(alice.core, async () => {
      const { summary } = await alice.core.call('messages.read', { identityId: alice.own.id, messageId: first });
      return summary.deliveries[0]?.attempts === 1 ? true : undefined;
    });
    erin.core.onion.setOnline(true);
    const { id: second } = await sendMail(alice.core, alice.own, { to: [bob.own.address], subject: 'Second' });
    await until(alice.core, async () => ((await holdersOf(second)) === 2 ? true : undefined));
    expect(await holdersOf(first)).toBe(1);
    alice.core.onion.setOnline(false);

    bob.core.onion.setOnline(true);
    await until(bob.core, async () => ((await holderOf(bob, erin))?.handedOver === 1 ? true : undefined));
    bobsClock.advance(MISSING_GRACE_MS);
    const missing = await until(
      bob.core,
      async () => (await bob.core.call('holding.view', { identityId: bob.own.id })).missing[0],
    );
    expect(missing).toMatchObject({ count: 1, holder: dave.own.onion });
    expect(await subjectsOf(bob)).toEqual(['Second']);
    expect(await holderOf(bob, dave)).toMatchObject({ faults: { missing: 1 } });

    alice.core.onion.setOnline(true);
    await until(bob.core, async () => ((await subjectsOf(bob)).length === 2 ? true : undefined));
    expect((await bob.core.call('holding.view', { identityId: bob.own.id })).missing).toEqual([]);
    await deliveryIs(alice, first, 'delivered');
  });
});
