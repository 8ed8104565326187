import { afterEach, beforeEach, expect, it } from 'vitest';
import type { OnionHost } from '../../../../../shared/ids';
import type { DialOutcome } from '../../../ports/onion';
import {
  agree,
  clientOf,
  deliveryIs,
  knowsHolders,
  makePerson,
  verify,
  type CustodyPerson,
} from '../../../testing/custody-people';
import { LoopbackNetwork } from '../../../testing/loopback-onion';
import { sendMail } from '../../../testing/make-test-core';
import { SettableClock } from '../../../testing/settable-clock';
import { HOLDER_PATIENCE_MS } from '../../../domain/custody-limits';

/** Tor as it is for a minute when a recipient has just gone: it neither connects nor says that they are away. */
class SilentNetwork extends LoopbackNetwork {
  #silent: OnionHost | undefined;
  #asked: () => void = () => undefined;
  #speak: (outcome: DialOutcome | undefined) => void = () => undefined;

  /** Resolves when the onion, silent from now on, is dialled. */
  silence(onion: OnionHost): Promise<void> {
    this.#silent = onion;
    return new Promise((resolve) => {
      this.#asked = resolve;
    });
  }

  /** Answers the dial: as the network does, or with this outcome. */
  speak(outcome?: DialOutcome): void {
    this.#silent = undefined;
    this.#speak(outcome);
  }

  override async dial(...dialled: Parameters<LoopbackNetwork['dial']>): Promise<DialOutcome> {
    if (dialled[0] !== this.#silent) return super.dial(...dialled);
    const answer = new Promise<DialOutcome | undefined>((resolve) => {
      this.#speak = resolve;
    });
    this.#asked();
    return (await answer) ?? super.dial(...dialled);
  }
}

let network: SilentNetwork;
let clock: SettableClock;
let alice: CustodyPerson;
let bob: CustodyPerson;
let dave: CustodyPerson;

/** Dave holds for Bob, and Alice knows it. */
beforeEach(async () => {
  network = new SilentNetwork();
  clock = new SettableClock();
  [alice, bob, dave] = await Promise.all([
    makePerson(network, 'alice', clock),
    makePerson(network, 'bob', clock),
    makePerson(network, 'dave', clock),
  ]);
  await verify(alice, bob);
  await verify(bob, alice);
  await agree(bob, dave);
  await knowsHolders(alice, bob, 1);
});
afterEach(() => Promise.all([alice, bob, dave].map(({ core }) => core.remove())));

/** A message whose direct try is under way and has no answer. */
async function sendIntoSilence(): Promise<string> {
  const dialled = network.silence(bob.own.onion);
  const { id } = await sendMail(alice.core, alice.own, { to: [bob.own.address] });
  await dialled;
  return id;
}

it('leaves a copy with a holder while tor does not say whether the recipient is there', async () => {
  const id = await sendIntoSilence();
  clock.advance(HOLDER_PATIENCE_MS);
  await deliveryIs(alice, id, 'held');
  expect(await clientOf(dave, bob)).toMatchObject({ heldMessages: 1 });
  network.speak({ outcome: 'failed', failure: 'offline' });
  await alice.core.when(
    'delivery.changed',
    ({ delivery }) => delivery.messageId === id && delivery.reason === 'offline' && delivery.state === 'held',
  );
});

it('asks no holder when the recipient answers in time', async () => {
  const id = await sendIntoSilence();
  clock.advance(HOLDER_PATIENCE_MS - 1);
  network.speak();
  await deliveryIs(alice, id, 'delivered');
  clock.advance(HOLDER_PATIENCE_MS);
  expect(await clientOf(dave, bob)).toMatchObject({ heldMessages: 0 });
});

it('ends with the direct try, whatever a holder says', async () => {
  const id = await sendIntoSilence();
  clock.advance(HOLDER_PATIENCE_MS);
  network.speak();
  await deliveryIs(alice, id, 'delivered');
  expect(
    (await bob.core.call('messages.page', { identityId: bob.own.id, folder: 'inbox', limit: 10 })).messages,
  ).toHaveLength(1);
});
