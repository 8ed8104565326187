import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Glance } from '../../../../shared/glance';
import { agree, makePerson, type CustodyPerson } from '../../testing/custody-people';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { sendMail } from '../../testing/make-test-core';

let network: LoopbackNetwork;
let dave: CustodyPerson;
let bob: CustodyPerson;
let last: Glance | undefined;
const watchers = new Set<() => void>();

beforeAll(async () => {
  network = await LoopbackNetwork.start();
  [dave, bob] = await Promise.all([makePerson(network, 'dave'), makePerson(network, 'bob')]);
  dave.core.core.followGlance((glance) => {
    last = glance;
    for (const watcher of [...watchers]) watcher();
  });
});
afterAll(async () => {
  await Promise.all([dave.core.remove(), bob.core.remove()]);
  await network.stop();
});

/** Resolves when a glance says so. */
function glanceSays(wanted: Partial<Glance>): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!Object.entries(wanted).every(([name, value]) => last?.[name as keyof Glance] === value)) return;
      watchers.delete(look);
      resolve();
    };
    watchers.add(look);
    look();
  });
}

it('counts the people whose mail is kept here, and no longer when that ends', async () => {
  const { agreed } = await agree(bob, dave);
  await glanceSays({ keepsFor: 1 });
  await dave.core.call('holding.end', { identityId: dave.own.id, agreementId: agreed.agreementId });
  await glanceSays({ keepsFor: 0 });
});

it('counts what waits to be sent, and nothing of an identity that was deleted', async () => {
  network.withdraw(bob.own.onion);
  await sendMail(dave.core, dave.own, { to: [bob.own.address] });
  await glanceSays({ waiting: 1 });
  const { id: identityId, address: confirmAddress } = dave.own;
  await dave.core.call('identities.delete', { identityId, confirmAddress });
  await glanceSays({ waiting: 0, unread: 0, keepsFor: 0 });
  expect(last).toMatchObject({ profile: 'unlocked' });
});
