import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Contact } from '../../../../shared/contact';
import type { Identity } from '../../../../shared/identity';
import type { OnionHost } from '../../../../shared/ids';
import type { Delivery } from '../../../../shared/message';
import { DeferringRecipient } from '../../testing/deferring-recipient';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, sendMail, type TestCore } from '../../testing/make-test-core';
import { SettableClock } from '../../testing/settable-clock';

const DAY = 24 * 60 * 60_000;

/** Remembers the true ports of every onion, so that a test can put something else in the place of one. */
class KnownPorts extends LoopbackNetwork {
  readonly of = new Map<OnionHost, ReadonlyMap<number, number>>();

  override publish(onion: OnionHost, ports: ReadonlyMap<number, number>, clients?: readonly string[]): void {
    this.of.set(onion, ports);
    super.publish(onion, ports, clients);
  }
}

let network: KnownPorts;
let clock: SettableClock;
let alice: TestCore;
let bob: TestCore;
let a: Identity;
let b: Identity;

beforeEach(async () => {
  network = await LoopbackNetwork.listen(new KnownPorts());
  clock = new SettableClock();
  [alice, bob] = await Promise.all([makeTestCore(network, { clock }), makeTestCore(network, { clock })]);
  [a, b] = await Promise.all([makeIdentity(alice, 'alice'), makeIdentity(bob, 'bob')]);
  expect(await send('first')).toMatchObject({ state: 'delivered' });
});
afterEach(async () => {
  await Promise.all([alice.remove(), bob.remove()]);
  await network.stop();
});

/** The delivery of a letter by Alice to Bob, at its end or, with `attempts`, after so many tries. */
async function send(subject: string, o: { attempts?: number } = {}): Promise<Delivery> {
  const ended = reached((delivery) => isOver(delivery) || delivery.attempts === o.attempts);
  await sendMail(alice, a, { to: [b.address], subject });
  return ended;
}

const isOver = ({ state }: Delivery): boolean => state === 'delivered' || state === 'failed';

async function reached(wanted: (delivery: Delivery) => boolean): Promise<Delivery> {
  const { delivery } = await alice.when('delivery.changed', ({ delivery: each }) => wanted(each));
  return delivery;
}

async function inAlice(): Promise<Contact> {
  return (await alice.call('contacts.list', { identityId: a.id })).find(({ address }) => address === b.address)!;
}

/** Bob's machine is gone; he comes back by his paper key, at the same address with another key. */
async function byPaper(): Promise<Identity> {
  const { words } = await bob.call('identities.paperKey', { identityId: b.id });
  await bob.remove();
  clock.advance(DAY);
  bob = await makeTestCore(network, { clock });
  const online = bob.when('identity.changed', ({ identity }) => identity.reachability === 'online');
  const asked = { words: words.join(' '), localPart: 'bob', label: '', colour: 'blue' } as const;
  const again = await bob.call('identities.restoreFromPaper', asked);
  if ((await bob.call('identities.list', {}))[0]?.reachability !== 'online') await online;
  expect(again).toMatchObject({ address: b.address });
  expect(again.fingerprint).not.toBe(b.fingerprint);
  return again;
}

async function subjects(): Promise<string[]> {
  const pages = (['inbox', 'requests'] as const).map((folder) =>
    bob.call('messages.page', { identityId: b.id, folder, limit: 50 }),
  );
  return (await Promise.all(pages)).flatMap(({ messages }) => messages.map(({ subject }) => subject)).sort();
}

describe('a recipient who came back by their paper key', () => {
  it('gets what is written later, and is shown as changed', async () => {
    const again = await byPaper();
    b = again;
    for (const subject of ['two', 'three']) expect(await send(subject)).toMatchObject({ state: 'delivered' });
    expect(await subjects()).toEqual(['three', 'two']);
    expect(await inAlice()).toMatchObject({ keyState: 'changed', fingerprint: again.fingerprint });
  });

  it('gets what was sealed to the old key while they were away', async () => {
    network.withdraw(b.onion);
    const { id } = await send('waiting', { attempts: 1 });
    b = await byPaper();
    const delivered = reached((delivery) => delivery.id === id && isOver(delivery));
    await alice.call('outbox.tryNow', { identityId: a.id, deliveryId: id });
    expect(await delivered).toMatchObject({ state: 'delivered' });
    expect(await subjects()).toEqual(['waiting']);
  });

  it('gets it after they have written themselves, without a refusal', async () => {
    network.withdraw(b.onion);
    const { id, messageId } = await send('waiting', { attempts: 1 });
    b = await byPaper();
    const delivered = reached(isOver);
    await sendMail(bob, b, { to: [a.address], subject: 'I am back' });
    expect(await delivered).toMatchObject({ state: 'delivered' });
    const history = await alice.call('messages.history', { identityId: a.id, messageId });
    expect(history.filter((entry) => 'reason' in entry && entry.reason === 'key-changed')).toEqual([]);
    // Nobody has refused it: all that may be done about a refusal is still to be had.
    expect(alice.inside.session.require(a.id).outbox.sealing(id)).toMatchObject({ sealedAnew: 0 });
  });
});

describe('a message that its recipient cannot open', () => {
  const cannotOpen = { code: 554, text: '5.7.5 The message cannot be unsealed with the key of this mailbox' };
  let recipient: DeferringRecipient;

  beforeEach(async () => {
    recipient = await DeferringRecipient.start(cannotOpen);
  });
  afterEach(() => recipient.stop());

  const truePorts = (): ReadonlyMap<number, number> => network.of.get(b.onion)!;

  it('is refused for good when their onion has the key that it was sealed to', async () => {
    network.publish(b.onion, new Map([...truePorts(), [25, recipient.port]]));
    expect(await send('two')).toMatchObject({ state: 'failed', reason: 'refused', attempts: 1 });
    expect(recipient.received).toHaveLength(1);
  });

  it('is not given up while their key cannot be asked for', async () => {
    const ports = truePorts();
    network.publish(b.onion, new Map([[25, recipient.port]]));
    const { id, state } = await send('two', { attempts: 1 });
    expect(state).toBe('recipient-offline');
    const again = reached(({ attempts }) => attempts === 2);
    await alice.call('outbox.tryNow', { identityId: a.id, deliveryId: id });
    expect(await again).toMatchObject({ state: 'recipient-offline' });
    network.publish(b.onion, ports);
    const delivered = reached(isOver);
    await alice.call('outbox.tryNow', { identityId: a.id, deliveryId: id });
    expect(await delivered).toMatchObject({ state: 'delivered' });
  });

  it('is sealed anew a few times at most for one who shows another key each time', async () => {
    network.publish(b.onion, new Map([...truePorts(), [25, recipient.port]]));
    const failed = reached(isOver);
    for (const attempts of [1, 2, 3]) {
      clock.advance(DAY);
      await bob.call('identities.rotateSubkey', { identityId: b.id });
      if (attempts === 1) await sendMail(alice, a, { to: [b.address], subject: 'two' });
      await reached((delivery) => delivery.attempts >= attempts);
    }
    expect(await failed).toMatchObject({ state: 'failed', reason: 'refused' });
    // Others ask this machine too, whether it is Bob's: only letters have a Message-ID.
    expect(recipient.received.filter((raw) => raw.includes('Message-ID: '))).toHaveLength(4);
  });
});

describe('the code of a card', () => {
  const certify = { level: 'positive', shared: false } as const;

  async function scanned(): Promise<void> {
    const { uri: text } = await bob.call('cards.own', { identityId: b.id, withCode: true });
    await alice.call('contacts.verifyCard', { identityId: a.id, text, certify });
  }
  /** Whether Bob has learned that Alice had his code. */
  async function isProved(): Promise<boolean> {
    const known = await bob.call('contacts.list', { identityId: b.id });
    return known.some(({ address, scannedYouAt }) => address === a.address && scannedYouAt !== undefined);
  }

  it('is not lost when the mail that carries it is sealed anew', async () => {
    await scanned();
    network.withdraw(b.onion);
    const { id } = await send('with the code', { attempts: 1 });
    clock.advance(60_000);
    await alice.call('identities.replaceKey', { identityId: a.id });
    network.publish(b.onion, network.of.get(b.onion)!);
    const delivered = reached((delivery) => delivery.id === id && isOver(delivery));
    await alice.call('outbox.tryNow', { identityId: a.id, deliveryId: id });
    expect(await delivered).toMatchObject({ state: 'delivered' });
    expect(await isProved()).toBe(true);
  });

  it('is not lost when the first mail is cancelled, and is not sent again once it was delivered', async () => {
    await scanned();
    const ports = network.of.get(b.onion)!;
    network.withdraw(b.onion);
    const { id } = await send('thought better of it', { attempts: 1 });
    await alice.call('outbox.cancel', { identityId: a.id, deliveryId: id });
    network.publish(b.onion, ports);
    const { scanCodes, contacts } = alice.inside.session.require(a.id);
    const { id: contactId } = contacts.find(b.address)!;
    expect(scanCodes.toSend(contactId)).toBeDefined();
    expect(await send('with the code')).toMatchObject({ state: 'delivered' });
    expect(await isProved()).toBe(true);
    expect(scanCodes.toSend(contactId)).toBeUndefined();
  });
});

describe('a refusal for the key of the sender', () => {
  it('is answered once with the key that was certified meanwhile', async () => {
    network.withdraw(b.onion);
    const { id } = await send('waiting', { attempts: 1 });
    clock.advance(DAY);
    await alice.call('identities.renewKey', { identityId: a.id, expiresAt: clock.now() + 300 * DAY });
    const recipient = await DeferringRecipient.start({
      code: 550,
      text: '5.7.1 The key of the sender is not accepted: certification-expired',
    });
    network.publish(b.onion, new Map([[25, recipient.port]]));
    const failed = reached(isOver);
    await alice.call('outbox.tryNow', { identityId: a.id, deliveryId: id });
    expect(await failed).toMatchObject({ state: 'failed', reason: 'refused' });
    expect(recipient.received).toHaveLength(2);
    expect(recipient.received[1]).not.toEqual(recipient.received[0]);
    await recipient.stop();
  });
});
