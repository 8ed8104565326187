import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PosthornError } from '../../../../shared/errors';
import type { Identity } from '../../../../shared/identity';
import type { Delivery } from '../../../../shared/message';
import { DeferringRecipient } from '../../testing/deferring-recipient';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, passphrase, sendMail, type TestCore } from '../../testing/make-test-core';
import { SettableClock } from '../../testing/settable-clock';

/** Longer than the first retry can be put off by chance, and shorter than every timeout of the try that it starts. */
const FIRST_RETRY = 20_000;
/** Octets of a file that is long on its way: progress is told a quarter of a megabyte at a time. */
const LARGE = 3_000_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let network: LoopbackNetwork;
let clock: SettableClock;
let alice: TestCore;
let bob: TestCore;
let a: Identity;
let b: Identity;

beforeEach(async () => {
  network = await LoopbackNetwork.start();
  clock = new SettableClock();
  [alice, bob] = await Promise.all([makeTestCore(network, { clock }), makeTestCore(network, { clock })]);
  [a, b] = await Promise.all([makeIdentity(alice, 'alice'), makeIdentity(bob, 'bob')]);
  // A stranger may not send large files, so Alice is a contact.
  await bob.call('contacts.add', { identityId: b.id, address: a.address, name: 'Alice' });
});
afterEach(async () => {
  await Promise.all([alice.remove(), bob.remove()]);
  await network.stop();
});

const delivered = (core: TestCore): Promise<{ delivery: Delivery }> =>
  core.when('delivery.changed', ({ delivery }) => delivery.state === 'delivered');

async function deliver(subject: string): Promise<void> {
  const done = delivered(alice);
  await sendMail(alice, a, { to: [b.address], subject });
  await done;
}

async function subjectsOf(core: TestCore, identity: Identity): Promise<string[]> {
  const pages = await Promise.all(
    (['inbox', 'requests'] as const).map((folder) =>
      core.call('messages.page', { identityId: identity.id, folder, limit: 500 }),
    ),
  );
  return pages.flatMap(({ messages }) => messages.map(({ subject }) => subject)).sort();
}

/** Sends a message and resolves when it waits for Bob, who is offline. */
async function queue(o: { subject?: string } = {}): Promise<Delivery> {
  bob.onion.setOnline(false);
  const waiting = alice.when('delivery.changed', ({ delivery }) => delivery.state === 'recipient-offline');
  await sendMail(alice, a, { to: [b.address], ...o });
  const { delivery } = await waiting;
  bob.onion.setOnline(true);
  return delivery;
}

/** In Bob's place: a server that reads what is written to it and never answers. */
async function listenSilently(port: 25 | 80): Promise<{ server: Server; reached: Promise<unknown> }> {
  const server = createServer((socket) => void socket.on('error', () => undefined).resume());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  network.publish(b.onion, new Map([[port, (server.address() as AddressInfo).port]]));
  return { server, reached: new Promise((resolve) => server.once('connection', resolve)) };
}

describe('a cancelled delivery', () => {
  it('never leaves when it is cancelled while it is sealed', async () => {
    await deliver('First');
    const { deliveries } = await sendMail(alice, a, {
      to: [b.address],
      subject: 'Regretted',
      files: [randomBytes(2_000_000)],
    });
    const deliveryId = deliveries[0]!.id;
    expect(await alice.call('outbox.cancel', { identityId: a.id, deliveryId })).toMatchObject({ state: 'cancelled' });
    await deliver('Second');
    // Every retry that a fault might have planned is due by now.
    for (let hour = 0; hour < 3; hour += 1) clock.advance(HOUR);
    await deliver('Third');
    expect(await subjectsOf(bob, b)).toEqual(['First', 'Second', 'Third']);
    const { messages } = await alice.call('messages.page', { identityId: a.id, folder: 'sent', limit: 10 });
    expect(messages.find(({ subject }) => subject === 'Regretted')?.deliveries).toMatchObject([{ state: 'cancelled' }]);
    expect(await alice.call('outbox.list', { identityId: a.id })).toEqual([]);
  });

  it('stays cancelled when its recipient’s key was being asked for', async () => {
    const { server, reached } = await listenSilently(80);
    const { deliveries } = await sendMail(alice, a, { to: [b.address], subject: 'Regretted' });
    await reached;
    await alice.call('outbox.cancel', { identityId: a.id, deliveryId: deliveries[0]!.id });
    bob.onion.setOnline(true);
    server.close();
    clock.advance(HOUR);
    await deliver('Second');
    expect(await subjectsOf(bob, b)).toEqual(['Second']);
  });

  it('does not stop the other deliveries of the same message', async () => {
    const carol = await makeIdentity(bob, 'carol');
    bob.onion.setOnline(false);
    const waiting = alice.when(
      'delivery.changed',
      ({ delivery }) => delivery.recipient === carol.address && delivery.state === 'recipient-offline',
    );
    const { deliveries } = await sendMail(alice, a, { to: [b.address, carol.address], subject: 'For two' });
    const toBob = deliveries.find(({ recipient }) => recipient === b.address)!;
    await alice.call('outbox.cancel', { identityId: a.id, deliveryId: toBob.id });
    await waiting;
    bob.onion.setOnline(true);
    const done = delivered(alice);
    clock.advance(FIRST_RETRY);
    await done;
    expect(await subjectsOf(bob, carol)).toEqual(['For two']);
    expect(await subjectsOf(bob, b)).toEqual([]);
  });
});

describe('a lock', () => {
  it('does not wait for a slow peer, and the mail goes once afterwards', async () => {
    for (const port of [80, 25] as const) {
      await queue({ subject: `Slow ${String(port)}` });
      const { server, reached } = await listenSilently(port);
      clock.advance(FIRST_RETRY);
      await reached;
      // The clock stands still: nothing can have timed out.
      await alice.call('profile.lock', {});
      bob.onion.setOnline(true);
      server.close();
      const done = delivered(alice);
      await alice.call('profile.unlock', { passphrase });
      await done;
    }
    expect(await subjectsOf(bob, b)).toEqual(['Slow 25', 'Slow 80']);
  });

  it('in the middle of a transfer delivers it exactly once', async () => {
    await deliver('First');
    const moving = alice.when(
      'transfer.progressed',
      ({ transfer }) => transfer.direction === 'out' && transfer.bytes > 0 && !transfer.done,
    );
    await sendMail(alice, a, { to: [b.address], subject: 'Large', files: [randomBytes(LARGE)] });
    await moving;
    await alice.call('profile.lock', {});
    const done = delivered(alice);
    await alice.call('profile.unlock', { passphrase });
    await done;
    expect(await subjectsOf(bob, b)).toEqual(['First', 'Large']);
  });

  it('of the receiver in the middle of a transfer loses nothing', async () => {
    await deliver('First');
    const moving = bob.when('transfer.progressed', ({ transfer }) => transfer.direction === 'in' && !transfer.done);
    const waiting = alice.when(
      'delivery.changed',
      ({ delivery }) => delivery.state === 'recipient-offline' || delivery.state === 'delivered',
    );
    await sendMail(alice, a, { to: [b.address], subject: 'Large', files: [randomBytes(LARGE)] });
    await moving;
    await bob.call('profile.lock', {});
    await waiting;
    await bob.call('profile.unlock', { passphrase });
    const done = delivered(alice);
    const open = await alice.call('outbox.list', { identityId: a.id });
    clock.advance(FIRST_RETRY);
    if (open.length > 0) await done;
    expect(await subjectsOf(bob, b)).toEqual(['First', 'Large']);
  });

  it('ends with the mail readable although Tor does not take the bridges', async () => {
    await deliver('First');
    bob.onion.setBridges = () =>
      Promise.reject(new PosthornError('invalid-call', 'Tor cannot read these bridge lines.'));
    await bob.call('profile.lock', {});
    expect(await bob.call('profile.unlock', { passphrase })).toEqual({ outcome: 'unlocked' });
    expect(await bob.call('identities.list', {})).toMatchObject([{ reachability: 'online' }]);
    expect(await subjectsOf(bob, b)).toEqual(['First']);
  });

  it('and an unlock show no identity as damaged that is only being opened', async () => {
    await bob.call('profile.lock', {});
    const seen = new Set<string>();
    const progress = { isDone: false };
    const unlocking = bob.call('profile.unlock', { passphrase }).finally(() => {
      progress.isDone = true;
    });
    while (!progress.isDone) {
      const identities = await bob.call('identities.list', {}).catch(() => []);
      for (const { reachability } of identities) seen.add(reachability);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await unlocking;
    expect([...seen]).not.toContain('damaged');
    expect(await bob.call('identities.list', {})).toMatchObject([{ reachability: 'online' }]);
  });

  it('can come fifty times at once with as many unlocks', async () => {
    await queue({ subject: 'Patient' });
    const storm = Array.from({ length: 50 }, (_, index) =>
      index % 2 === 0 ? alice.call('profile.lock', {}) : alice.call('profile.unlock', { passphrase }),
    );
    expect((await Promise.allSettled(storm)).filter(({ status }) => status === 'rejected')).toEqual([]);
    expect(await alice.call('profile.unlock', { passphrase })).toEqual({ outcome: 'unlocked' });
    const done = delivered(alice);
    clock.advance(FIRST_RETRY);
    await done;
    expect(await subjectsOf(bob, b)).toEqual(['Patient']);
    expect(await alice.call('identities.list', {})).toMatchObject([{ id: a.id, reachability: 'online' }]);
  });
});

describe('several identities of one profile', () => {
  it('write to each other', async () => {
    const c = await makeIdentity(alice, 'carol');
    const arrived = alice.when('message.stored', ({ message }) => message.identityId === c.id);
    await sendMail(alice, a, { to: [c.address], subject: 'To myself' });
    const { message } = await arrived;
    expect(message).toMatchObject({ from: a.address, folder: 'requests', protection: 'verified' });
    await alice.call('requests.accept', { identityId: c.id, messageId: message.id });
    const answered = alice.when(
      'message.stored',
      ({ message: { identityId, folder } }) => identityId === a.id && folder === 'inbox',
    );
    await sendMail(alice, c, { to: [a.address], subject: 'Re: To myself', inReplyTo: message.id });
    expect((await answered).message.from).toBe(c.address);
  });

  it('go on when one is deleted in the middle of its delivery', async () => {
    const c = await makeIdentity(alice, 'carol');
    const { server, reached } = await listenSilently(80);
    await sendMail(alice, c, { to: [b.address], subject: 'Never' });
    await reached;
    await alice.call('identities.delete', { identityId: c.id, confirmAddress: c.address });
    expect((await alice.call('identities.list', {})).map(({ id }) => id)).toEqual([a.id]);
    bob.onion.setOnline(true);
    server.close();
    clock.advance(HOUR);
    await deliver('From Alice');
    expect(await subjectsOf(bob, b)).toEqual(['From Alice']);
  });

  it('are deleted in the middle of receiving', async () => {
    await deliver('First');
    const moving = bob.when('transfer.progressed', ({ transfer }) => transfer.direction === 'in' && !transfer.done);
    const waiting = alice.when(
      'delivery.changed',
      ({ delivery }) => delivery.state === 'recipient-offline' || delivery.state === 'delivered',
    );
    await sendMail(alice, a, { to: [b.address], files: [randomBytes(LARGE)] });
    await moving;
    await bob.call('identities.delete', { identityId: b.id, confirmAddress: b.address });
    await waiting;
    expect(await bob.call('identities.list', {})).toEqual([]);
    expect(await makeIdentity(bob, 'again')).toMatchObject({ reachability: 'online' });
  });

  it('pause and come back while they receive', async () => {
    await deliver('First');
    const moving = bob.when('transfer.progressed', ({ transfer }) => transfer.direction === 'in' && !transfer.done);
    const done = delivered(alice);
    await sendMail(alice, a, { to: [b.address], subject: 'Large', files: [randomBytes(LARGE)] });
    await moving;
    const changes = Array.from({ length: 20 }, (_, index) =>
      bob.call('identities.update', { identityId: b.id, paused: index % 2 === 0 }),
    );
    await Promise.all(changes);
    // A transfer under way goes on: the onion was withdrawn, not the connection.
    await done;
    expect(await bob.call('identities.list', {})).toMatchObject([{ reachability: 'online' }]);
    expect(await subjectsOf(bob, b)).toEqual(['First', 'Large']);
    await bob.call('identities.update', { identityId: b.id, paused: true });
    expect(await network.dial(b.onion, 25)).toEqual({ outcome: 'failed', failure: 'offline' });
  });
});

describe('a clock that is set', () => {
  it.each([
    // Certifications are renewed at drawn times; further back one could be of the future for the recipient.
    ['back by a day', -DAY],
    ['forward by an hour', HOUR],
    ['forward by a week', 7 * DAY],
  ])('%s delays no retry and ends no delivery', async (_how, by) => {
    clock.advance(10 * DAY);
    const { expiresAt } = await queue({ subject: 'Patient' });
    clock.jump(by);
    const done = delivered(alice);
    clock.advance(FIRST_RETRY);
    expect((await done).delivery).toMatchObject({ expiresAt });
    expect(await subjectsOf(bob, b)).toEqual(['Patient']);
  });

  it('forward by hours while the recipient is offline keeps the mail', async () => {
    await queue({ subject: 'Patient' });
    bob.onion.setOnline(false);
    const again = alice.when(
      'delivery.changed',
      ({ delivery }) => delivery.state === 'recipient-offline' && delivery.attempts === 2,
    );
    clock.jump(5 * HOUR);
    clock.advance(60_000);
    expect((await again).delivery.nextTryAt).toBeGreaterThan(clock.now());
    expect(await alice.call('outbox.list', { identityId: a.id })).toHaveLength(1);
  });

  it('forward by more than a year seals nothing to a key that is certified no more, and asks for it anew', async () => {
    const carol = await makeIdentity(bob, 'carol');
    for (const to of [b, carol]) {
      const done = delivered(alice);
      await sendMail(alice, a, { to: [to.address], subject: 'First' });
      await done;
    }
    network.withdraw(carol.onion);
    clock.jump(400 * DAY);
    // Everyone online has renewed their own; Carol is away, so her key cannot be fetched.
    for (const core of [alice, bob]) {
      await core.call('profile.lock', {});
      await core.call('profile.unlock', { passphrase });
    }
    network.withdraw(carol.onion);
    const done = delivered(alice);
    const { deliveries } = await sendMail(alice, a, { to: [b.address, carol.address], subject: 'Second' });
    await expect
      .poll(async () =>
        (await alice.call('outbox.list', { identityId: a.id })).every(({ nextTryAt }) => nextTryAt !== undefined),
      )
      .toBe(true);
    clock.advance(FIRST_RETRY);
    expect((await done).delivery.recipient).toBe(b.address);
    const contacts = await alice.call('contacts.list', { identityId: a.id });
    expect(contacts.find(({ address }) => address === b.address)).toMatchObject({
      keyState: 'certified',
      certifiedAt: expect.any(Number) as number,
    });
    expect(contacts.find(({ address }) => address === carol.address)).toMatchObject({ keyState: 'expired' });
    expect(deliveries).toHaveLength(2);
    expect(await subjectsOf(bob, b)).toEqual(['First', 'Second']);
  });

  it('far ahead and back again leaves an identity whose key others believe', async () => {
    clock.jump(400 * DAY);
    await alice.call('profile.lock', {});
    await alice.call('profile.unlock', { passphrase });
    clock.jump(-400 * DAY);
    await alice.call('profile.lock', {});
    await alice.call('profile.unlock', { passphrase });
    await deliver('Still believed');
    expect(await subjectsOf(bob, b)).toEqual(['Still believed']);
  });
});

describe('an answer to a request', () => {
  it('is refused for a message that is no request', async () => {
    await deliver('First');
    const { messages } = await alice.call('messages.page', { identityId: a.id, folder: 'sent', limit: 1 });
    const messageId = messages[0]!.id;
    const before = await alice.call('contacts.list', { identityId: a.id });
    for (const call of ['requests.accept', 'requests.block'] as const) {
      await expect(alice.call(call, { identityId: a.id, messageId })).rejects.toMatchObject({
        code: 'message-unknown',
      });
    }
    expect(await alice.call('contacts.list', { identityId: a.id })).toEqual(before);
  });
});

describe('a retry', () => {
  it('sends the octets of the first try', async () => {
    await deliver('First');
    const recipient = await DeferringRecipient.start();
    network.publish(b.onion, new Map([[25, recipient.port]]));
    const tried = (attempts: number): Promise<unknown> =>
      alice.when(
        'delivery.changed',
        ({ delivery }) => delivery.nextTryAt !== undefined && delivery.attempts === attempts,
      );
    const first = tried(1);
    await sendMail(alice, a, { to: [b.address], subject: 'Patient' });
    await first;
    const second = tried(2);
    clock.advance(FIRST_RETRY);
    await second;
    expect(recipient.received).toHaveLength(2);
    expect(recipient.received[1]).toEqual(recipient.received[0]);
    await recipient.stop();
  });
});

describe('a failure', () => {
  it('is told exactly once, whatever happens between the bounce and the state', async () => {
    const refuse = createServer((socket) => {
      socket.on('error', () => undefined).on('data', () => socket.write('550 5.1.1 No\r\n'));
      socket.write('220 x\r\n');
    });
    await new Promise<void>((resolve) => refuse.listen(0, '127.0.0.1', resolve));
    await deliver('First');
    network.publish(b.onion, new Map([[25, (refuse.address() as AddressInfo).port]]));
    const bounced = alice.when('message.stored', ({ message }) => message.folder === 'inbox');
    const failed = alice.when('delivery.changed', ({ delivery }) => delivery.state === 'failed');
    await sendMail(alice, a, { to: [b.address], subject: 'Unwanted' });
    expect((await bounced).message.subject).toBe('Not delivered: Unwanted');
    await failed;
    clock.advance(DAY);
    expect(await subjectsOf(alice, a)).toEqual(['Not delivered: Unwanted']);
    refuse.close();
  });
});
