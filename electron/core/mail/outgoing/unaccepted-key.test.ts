import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Delivery, MessageSummary } from '../../../../shared/message';
import { contactOf, makePerson, until, verify, type CustodyPerson } from '../../testing/custody-people';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeTestCore, sendMail, type TestCore } from '../../testing/make-test-core';

let network: LoopbackNetwork;
let alice: CustodyPerson;
let bob: CustodyPerson;
let carol: CustodyPerson;
let machines: TestCore[];

beforeEach(async () => {
  network = await LoopbackNetwork.start();
  const people = await Promise.all(['alice', 'bob', 'carol'].map((name) => makePerson(network, name)));
  [alice, bob, carol] = people as [CustodyPerson, CustodyPerson, CustodyPerson];
  machines = people.map(({ core }) => core);
});
afterEach(async () => {
  await Promise.all(machines.map((core) => core.remove()));
  await network.stop();
});

const write = (subject: string, cc: readonly string[] = []): Promise<MessageSummary> =>
  sendMail(alice.core, alice.own, { to: [bob.own.address], cc: [...cc], subject });

async function deliveryTo(person: CustodyPerson, messageId: string): Promise<Delivery> {
  const { summary } = await alice.core.call('messages.read', { identityId: alice.own.id, messageId });
  return summary.deliveries.find(({ recipient }) => recipient === person.own.address)!;
}

const reaches = (messageId: string, wanted: Partial<Delivery>, of = bob): Promise<Delivery> =>
  until(alice.core, async () => {
    const delivery = await deliveryTo(of, messageId);
    return Object.entries(wanted).every(([name, value]) => delivery[name as keyof Delivery] === value)
      ? delivery
      : undefined;
  });

const WAITS = { state: 'waiting-for-key', reason: 'key-unaccepted' } as const;

/** Bob's onion certifies another key, which the one before has not signed: by his paper key, or by a stolen seed. */
async function bobByPaper(): Promise<void> {
  const { words } = await bob.core.call('identities.paperKey', { identityId: bob.own.id });
  await bob.core.stop();
  const core = await makeTestCore(network);
  machines.push(core);
  const asked = { words: words.join(' '), localPart: 'bob', label: '', colour: 'blue' } as const;
  const restored = await core.call('identities.restoreFromPaper', asked);
  await until(core, async () =>
    (await core.call('identities.list', {}))[0]?.reachability === 'online' ? true : undefined,
  );
  bob = { core, own: restored };
}

async function tryNow(messageId: string): Promise<void> {
  const { id: deliveryId } = await deliveryTo(bob, messageId);
  await alice.core.call('outbox.tryNow', { identityId: alice.own.id, deliveryId });
}

/** Alice learns of the key that Bob's onion certifies now. */
async function fetched(): Promise<string> {
  const { id: contactId } = (await contactOf(alice, bob))!;
  await alice.core.call('contacts.fetchKey', { identityId: alice.own.id, contactId });
  return contactId;
}

async function requests(): Promise<string[]> {
  const page = { identityId: bob.own.id, folder: 'requests', limit: 50 } as const;
  return (await bob.core.call('messages.page', page)).messages.map(({ subject }) => subject);
}

describe('mail to somebody who was verified and has another key', () => {
  beforeEach(async () => {
    await verify(alice, bob);
  });

  it('waits when it was sealed before, and goes when the person accepts the key', async () => {
    network.withdraw(bob.own.onion);
    const { id } = await write('sealed before');
    await reaches(id, { state: 'recipient-offline', attempts: 1 });
    await bobByPaper();
    await tryNow(id);
    await reaches(id, WAITS);
    await tryNow(id);
    await reaches(id, { ...WAITS, attempts: 3 });
    expect(await requests()).toEqual([]);
    const { id: contactId } = (await contactOf(alice, bob))!;
    await alice.core.call('contacts.acceptKey', { identityId: alice.own.id, contactId });
    await reaches(id, { state: 'delivered' });
    expect(await requests()).toEqual(['sealed before']);
  });

  it('waits when it is not sealed yet, and goes when the person takes their word back', async () => {
    await bobByPaper();
    const contactId = await fetched();
    const { id } = await write('not sealed yet');
    await reaches(id, WAITS);
    await alice.core.call('contacts.revokeVerification', { identityId: alice.own.id, contactId });
    await reaches(id, { state: 'delivered' });
  });

  it('says that it waits as soon as the key is known, and goes when their code is scanned again', async () => {
    network.withdraw(bob.own.onion);
    const { id } = await write('waiting for long');
    await reaches(id, { state: 'recipient-offline', attempts: 1 });
    await bobByPaper();
    await fetched();
    await reaches(id, WAITS);
    await verify(alice, bob);
    await reaches(id, { state: 'delivered' });
  });

  it('does not hold up the others of the same mail', async () => {
    await bobByPaper();
    await fetched();
    const { id } = await write('for two', [carol.own.address]);
    await reaches(id, { state: 'delivered' }, carol);
    await reaches(id, WAITS);
    expect(await requests()).toEqual([]);
  });

  it('goes without a question when the key before signs for the new one', async () => {
    bob.core.onion.setOnline(false);
    const { id } = await write('replaced');
    await reaches(id, { state: 'recipient-offline', attempts: 1 });
    await bob.core.call('identities.replaceKey', { identityId: bob.own.id });
    bob.core.onion.setOnline(true);
    await until(bob.core, async () =>
      (await bob.core.call('identities.list', {}))[0]?.reachability === 'online' ? true : undefined,
    );
    await fetched();
    await tryNow(id).catch(() => undefined);
    await reaches(id, { state: 'delivered' });
    expect(await requests()).toEqual(['replaced']);
  });
});

it('waits when the first key that comes is not the one on the card that was scanned', async () => {
  const certify = { level: 'positive', shared: false } as const;
  const text = `mailto:${bob.own.address}?fpr=${carol.own.fingerprint}`;
  await alice.core.call('contacts.verifyCard', { identityId: alice.own.id, text, certify });
  const { id } = await write('to a card');
  await reaches(id, WAITS);
  const { id: contactId } = (await contactOf(alice, bob))!;
  await alice.core.call('contacts.acceptKey', { identityId: alice.own.id, contactId });
  await reaches(id, { state: 'delivered' });
});
