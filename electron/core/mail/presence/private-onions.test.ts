import { afterEach, beforeEach, expect, it } from 'vitest';
import { createCustodyCrypto } from '../../custody/create-custody-crypto';
import { makeOnionKeys } from '../../onion/onion-keys';
import { systemRandom } from '../../runtime/system-random';
import { addBob } from '../../store/testing/custody-fixtures';
import { NOW, openTestStore, type TestStore } from '../../store/testing/store-fixtures';
import { LoopbackNetwork, LoopbackOnion } from '../../testing/loopback-onion';
import { makeAttacker } from '../../testing/attacker';
import { SettableClock } from '../../testing/settable-clock';
import type { Mailbox } from '../mailbox';
import { admitContacts, openToAll } from './private-onions';

const MONTH = 30 * 24 * 60 * 60_000;

let network: LoopbackNetwork;
let test: TestStore;

beforeEach(async () => {
  network = await LoopbackNetwork.start();
  test = openTestStore();
});
afterEach(async () => {
  test.remove();
  await network.stop();
});

it('a contact who is away for months is told of the private onion all the same, and that it is needed no longer', async () => {
  const { address } = await makeAttacker({ localPart: 'me', now: NOW });
  const clock = new SettableClock(NOW);
  const services = {
    clock,
    random: systemRandom(),
    onion: new LoopbackOnion(network),
    onionKeys: makeOnionKeys(),
    custodyCrypto: createCustodyCrypto(),
  };
  // The parts of a mailbox that private onions use.
  const mailbox = {
    identity: () => ({ address }),
    ...test.store,
    changes: { queued: () => undefined },
  } as unknown as Mailbox;
  addBob(test);
  test.store.access.setPrivate(true);
  for (const tell of [admitContacts, openToAll]) {
    tell(services, mailbox);
    const [control] = test.store.outbox.deliveries({ unfinishedOnly: true, withControl: true });
    expect(control?.expiresAt).toBeGreaterThan(clock.now() + 6 * MONTH);
  }
});
