import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, it } from 'vitest';
import { MAX_PARALLEL_DELIVERIES, MAX_PARALLEL_DELIVERIES_IN_PROFILE } from '../../domain/limits';
import { deliveryIs, makePerson, verify, type CustodyPerson } from '../../testing/custody-people';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { sendMail } from '../../testing/make-test-core';
import { SettableClock } from '../../testing/settable-clock';

let network: LoopbackNetwork;
let alice: CustodyPerson;
let mallory: CustodyPerson;
let bob: CustodyPerson;

beforeAll(async () => {
  network = await LoopbackNetwork.start();
  [alice, mallory, bob] = await Promise.all([
    makePerson(network, 'alice', new SettableClock(Date.now())),
    makePerson(network, 'mallory'),
    makePerson(network, 'bob'),
  ]);
  await verify(alice, mallory);
  await verify(alice, bob);
}, 60_000);
afterAll(async () => {
  await Promise.all([alice, mallory, bob].map(({ core }) => core.remove()));
  await network.stop();
});

it('a recipient who takes connections and says nothing does not stop the mail to others', async () => {
  const { id } = await sendMail(alice.core, alice.own, { to: [mallory.own.address], subject: 'First' });
  await deliveryIs(alice, id, 'delivered');
  const silent = createServer((socket) => void socket.on('error', () => undefined).resume());
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  network.publish(mallory.own.onion, new Map([[25, (silent.address() as AddressInfo).port]]));
  const count = Math.max(MAX_PARALLEL_DELIVERIES, MAX_PARALLEL_DELIVERIES_IN_PROFILE) + 1;
  for (let number = 0; number < count; number += 1)
    await sendMail(alice.core, alice.own, { to: [mallory.own.address], subject: `Stalled ${String(number)}` });
  const toBob = await sendMail(alice.core, alice.own, { to: [bob.own.address], subject: 'To Bob' });
  await deliveryIs(alice, toBob.id, 'delivered');
  silent.close();
}, 20_000);
