import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { folderCounts } from '../../../../shared/mailbox';
import type { Identity } from '../../../../shared/identity';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, passphrase, sendMail, type TestCore } from '../../testing/make-test-core';
import { SettableClock } from '../../testing/settable-clock';

let network: LoopbackNetwork;
let clock: SettableClock;
let alice: TestCore;
let bob: TestCore;
let a: Identity;
let b: Identity;

beforeAll(async () => {
  network = await LoopbackNetwork.start();
});
afterAll(() => network.stop());

beforeEach(async () => {
  clock = new SettableClock();
  [alice, bob] = await Promise.all([makeTestCore(network, { clock }), makeTestCore(network, { clock })]);
  [a, b] = await Promise.all([makeIdentity(alice, 'alice'), makeIdentity(bob, 'bob')]);
});
afterEach(() => Promise.all([alice.remove(), bob.remove()]));

/** Sends from Alice to Bob and waits until Bob has it. */
async function deliver(o: Parameters<typeof sendMail>[2]): Promise<{ messageId: string }> {
  const stored = bob.when('message.stored', ({ message }) => message.from === a.address);
  await sendMail(alice, a, o);
  return { messageId: (await stored).message.id };
}

describe('two people', () => {
  it('first mail arrives as a request with its badge, and its answer in the inbox', async () => {
    const delivered = alice.when('delivery.changed', ({ delivery }) => delivery.state === 'delivered');
    const stored = bob.when('message.stored', ({ message }) => message.folder === 'requests');
    await sendMail(alice, a, { to: [b.address], subject: 'Grüße 📯', text: 'Dear Bob' });
    const { message } = await stored;
    expect(message).toMatchObject({
      from: a.address,
      subject: 'Grüße 📯',
      preview: 'Dear Bob',
      protection: 'verified',
      protectionReason: 'ok',
      seen: false,
    });
    await delivered;
    expect(await alice.call('messages.page', { identityId: a.id, folder: 'sent', limit: 10 })).toMatchObject({
      messages: [{ deliveries: [{ state: 'delivered' }] }],
    });

    const contact = await bob.call('requests.accept', { identityId: b.id, messageId: message.id });
    expect(contact).toMatchObject({ address: a.address, keyState: 'certified', fingerprint: a.fingerprint });
    const answer = alice.when('message.stored', ({ message: { folder } }) => folder === 'inbox');
    await sendMail(bob, b, { to: [a.address], subject: 'Re: Grüße 📯', inReplyTo: message.id });
    const { message: answered } = await answer;
    const sent = await alice.call('messages.page', { identityId: a.id, folder: 'sent', limit: 1 });
    expect(answered.threadId).toBe(sent.messages[0]?.threadId);
  });

  it('carries attachments octet for octet', async () => {
    await bob.call('contacts.add', { identityId: b.id, address: a.address, name: 'Alice' });
    const file = randomBytes(3_000_000);
    const { messageId } = await deliver({ to: [b.address], files: [file] });
    const detail = await bob.call('messages.read', { identityId: b.id, messageId: messageId });
    expect(detail.attachments).toMatchObject([{ filename: 'file-0.bin', size: file.byteLength }]);
    const read = await bob.call('attachments.read', {
      identityId: b.id,
      messageId: messageId,
      attachmentId: detail.attachments[0]!.id,
    });
    expect(Buffer.compare(Buffer.from(read.content), file)).toBe(0);
  });

  it('tells only a Bcc recipient that they were one', async () => {
    const carol = await makeIdentity(bob, 'carol');
    const toBob = bob.when('message.stored', ({ message }) => message.identityId === b.id);
    const toCarol = bob.when('message.stored', ({ message }) => message.identityId === carol.id);
    await sendMail(alice, a, { to: [b.address], bcc: [carol.address] });
    const [forBob, forCarol] = [(await toBob).message, (await toCarol).message];
    const seenByBob = await bob.call('messages.read', { identityId: b.id, messageId: forBob.id });
    const seenByCarol = await bob.call('messages.read', { identityId: carol.id, messageId: forCarol.id });
    expect(seenByBob.bcc).toEqual([]);
    expect(seenByCarol.bcc).toEqual([carol.address]);
    expect(forCarol.protection).toBe('verified');
    const raw = await bob.call('messages.raw', { identityId: b.id, messageId: forBob.id });
    expect(Buffer.from(raw).toString('latin1')).not.toContain(carol.address);
  });

  it('waits while the recipient is offline, tries again, and delivers when they are back', async () => {
    bob.onion.setOnline(false);
    const waiting = alice.when('delivery.changed', ({ delivery }) => delivery.state === 'recipient-offline');
    await sendMail(alice, a, { to: [b.address] });
    const { delivery } = await waiting;
    const wait = (delivery.nextTryAt ?? 0) - clock.now();
    expect(wait).toBeGreaterThan(0);
    // After the whole try has ended, only its time brings the next.
    await vi.waitFor(() => expect(clock.untilNextTimer()).toBe(wait));
    bob.onion.setOnline(true);
    const delivered = alice.when('delivery.changed', ({ delivery: { state } }) => state === 'delivered');
    clock.advance(60_000);
    await delivered;
  });

  it('waits for Tor, and goes when it is back', async () => {
    alice.onion.setOnline(false);
    const queued = await sendMail(alice, a, { to: [b.address] });
    expect(queued.deliveries).toMatchObject([{ state: 'waiting-for-tor' }]);
    const delivered = alice.when('delivery.changed', ({ delivery }) => delivery.state === 'delivered');
    alice.onion.setOnline(true);
    await delivered;
  });

  it('says after fourteen days and a day of tries that it could not be delivered, and why; a clock that jumps ends nothing', async () => {
    bob.onion.setOnline(false);
    const waiting = alice.when('delivery.changed', ({ delivery }) => delivery.state === 'recipient-offline');
    await sendMail(alice, a, { to: [b.address], subject: 'Important', text: 'The text' });
    await waiting;
    const bounce = alice.when('message.stored', ({ message }) => message.folder === 'inbox');
    const ended = alice.when('delivery.changed', ({ delivery }) => delivery.state === 'failed');
    clock.jump(15 * 86_400_000);
    let tries = 0;
    for (let isOver = false; !isOver; tries += 1) {
      const tried = alice.when(
        'delivery.changed',
        ({ delivery }) => delivery.state === 'recipient-offline' && delivery.nextTryAt !== undefined,
      );
      clock.advance(75 * 60_000);
      isOver = await Promise.race([ended.then(() => true), tried.then(() => false)]);
    }
    expect(tries).toBeGreaterThan(18);
    const { message } = await bounce;
    expect(message).toMatchObject({ subject: 'Not delivered: Important', protection: 'own' });
    const { text } = await alice.call('messages.read', { identityId: a.id, messageId: message.id });
    expect(text).toContain('14 days');
    expect(text).toContain('> The text');
  });

  it('cancels what is not delivered yet', async () => {
    bob.onion.setOnline(false);
    const waiting = alice.when('delivery.changed', ({ delivery }) => delivery.state === 'recipient-offline');
    await sendMail(alice, a, { to: [b.address] });
    const { delivery } = await waiting;
    expect(await alice.call('outbox.cancel', { identityId: a.id, deliveryId: delivery.id })).toMatchObject({
      state: 'cancelled',
    });
    await expect(alice.call('outbox.tryNow', { identityId: a.id, deliveryId: delivery.id })).rejects.toMatchObject({
      code: 'delivery-unknown',
    });
    expect(await alice.call('outbox.list', { identityId: a.id })).toEqual([]);
  });

  it('accepts the mail of a blocked contact and throws it away', async () => {
    const { messageId } = await deliver({ to: [b.address] });
    await bob.call('requests.block', { identityId: b.id, messageId: messageId });
    const delivered = alice.when('delivery.changed', ({ delivery }) => delivery.state === 'delivered');
    await sendMail(alice, a, { to: [b.address], subject: 'Again' });
    await delivered;
    const mailboxes = await bob.call('mailboxes.list', { identityId: b.id });
    expect(folderCounts(mailboxes)).toMatchObject({ requests: 0, inbox: 0 });
  });

  it('keeps what is queued over a lock and a restart, and delivers it then', async () => {
    bob.onion.setOnline(false);
    const waiting = alice.when('delivery.changed', ({ delivery }) => delivery.state === 'recipient-offline');
    await sendMail(alice, a, { to: [b.address] });
    await waiting;
    await alice.call('profile.lock', {});
    await expect(alice.call('identities.list', {})).rejects.toMatchObject({ code: 'profile-locked' });
    await alice.stop();
    bob.onion.setOnline(true);
    clock.advance(3_600_000);
    const stored = bob.when('message.stored', ({ message }) => message.from === a.address);
    const again = await makeTestCore(network, { clock, directory: alice.directory });
    await stored;
    await again.stop();
  });

  it('holds the profile against a second start', async () => {
    await expect(makeTestCore(network, { directory: alice.directory })).rejects.toMatchObject({
      code: 'profile-in-use',
    });
  });

  it('answers a wrong passphrase with an outcome and a time', async () => {
    await alice.call('profile.lock', {});
    expect(await alice.call('profile.unlock', { passphrase: 'wrong' })).toMatchObject({ outcome: 'wrong' });
    clock.advance(600_000);
    expect(await alice.call('profile.unlock', { passphrase })).toEqual({ outcome: 'unlocked' });
  });

  it('goes on receiving behind a locked screen, unless the person chose locking by itself', async () => {
    await alice.core.screenLocked();
    expect(await alice.call('profile.state', {})).toEqual({ state: 'unlocked' });
    await alice.call('settings.set', { ...(await alice.call('settings.get', {})), autoLockMinutes: 30 });
    await alice.core.screenLocked();
    expect(await alice.call('profile.state', {})).toMatchObject({ state: 'locked' });
  });

  it('deletes an identity with its mail for good, and only when its address is repeated', async () => {
    await expect(
      alice.call('identities.delete', { identityId: a.id, confirmAddress: b.address }),
    ).rejects.toMatchObject({ code: 'address-invalid' });
    await alice.call('identities.delete', { identityId: a.id, confirmAddress: a.address });
    expect(await alice.call('identities.list', {})).toEqual([]);
    await expect(alice.call('mailboxes.list', { identityId: a.id })).rejects.toMatchObject({
      code: 'identity-unknown',
    });
  });
});
