import { afterAll, beforeAll, expect, it } from 'vitest';
import { deliveryIs, makePerson, verify, type CustodyPerson } from '../../testing/custody-people';
import { JudgingRecipient } from '../../testing/judging-recipient';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { sendMail } from '../../testing/make-test-core';
import { SettableClock } from '../../testing/settable-clock';

let network: LoopbackNetwork;
let alice: CustodyPerson;
let bob: CustodyPerson;
let judge: JudgingRecipient;

beforeAll(async () => {
  network = await LoopbackNetwork.start();
  const clock = new SettableClock(Date.now());
  [alice, bob] = await Promise.all([makePerson(network, 'alice', clock), makePerson(network, 'bob')]);
  await verify(alice, bob);
  judge = await JudgingRecipient.start(/^Message-ID: (.*)$/m);
});
afterAll(async () => {
  await Promise.all([alice, bob].map(({ core }) => core.remove()));
  await judge.stop();
  await network.stop();
});

it.each(['451 4.3.0 later', '452 4.2.2 full', '450 what', '550 5.7.1 never', '552 5.3.4 large', '554 5.6.0 malformed'])(
  'mail that its recipient answers «%s» does not keep older mail to them in the outbox',
  async (reply) => {
    bob.core.onion.setOnline(false);
    const sent = [];
    for (const subject of ['One', 'Two', 'Three']) {
      const { id } = await sendMail(alice.core, alice.own, { to: [bob.own.address], subject });
      await deliveryIs(alice, id, 'recipient-offline');
      sent.push(id);
    }
    let stuck: string | undefined;
    judge.judge((name) => {
      if (name === '') return undefined;
      stuck ??= name;
      return name === stuck ? { at: 'DATA', reply } : undefined;
    });
    network.publish(bob.own.onion, new Map([[25, judge.port]]));
    // News of them came; their own time is not waited for.
    alice.core.inside.session.require(alice.own.id).changes.online(bob.own.address);
    await Promise.all(sent.slice(0, 2).map((id) => deliveryIs(alice, id, 'delivered')));
    expect(judge.offers.filter((offer) => offer.reply === '250')).toHaveLength(2);
    network.withdraw(bob.own.onion);
    if (!reply.startsWith('4')) return;
    const { summary } = await alice.core.call('messages.read', { identityId: alice.own.id, messageId: sent[2]! });
    const deliveryId = summary.deliveries[0]!.id;
    await alice.core.call('outbox.cancel', { identityId: alice.own.id, deliveryId });
  },
);
