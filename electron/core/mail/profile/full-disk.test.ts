import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Identity } from '../../../../shared/identity';
import type { Log } from '../../ports/runtime';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, sendMail, type TestCore } from '../../testing/make-test-core';
import { SettableClock } from '../../testing/settable-clock';
import { canMakeDisks, makeSmallDisk, type SmallDisk } from '../../testing/small-disk';
import { FAULT_PAUSE_MS } from '../outgoing/deliverer';

// A small file system needs root; elsewhere the store's own tests cover a file that may not grow.
describe.runIf(canMakeDisks)('a whole core on a full disk', () => {
  let network: LoopbackNetwork;
  let clock: SettableClock;
  let disk: SmallDisk;
  let alice: TestCore;
  let bob: TestCore;
  let a: Identity;
  let b: Identity;
  let faults: string[];

  beforeEach(async () => {
    network = await LoopbackNetwork.start();
    clock = new SettableClock();
    disk = makeSmallDisk(8);
    faults = [];
  });
  afterEach(async () => {
    disk.free();
    await Promise.all([alice.remove(), bob.remove()]);
    disk.remove();
    await network.stop();
  });

  async function start(small: 'alice' | 'bob'): Promise<void> {
    const log: Log = { info: () => undefined, warn: () => undefined, error: (event) => void faults.push(event) };
    const onDisk = { clock, parent: disk.path, log };
    [alice, bob] = await Promise.all([
      makeTestCore(network, small === 'alice' ? onDisk : { clock }),
      makeTestCore(network, small === 'bob' ? onDisk : { clock }),
    ]);
    [a, b] = await Promise.all([makeIdentity(alice, 'alice'), makeIdentity(bob, 'bob')]);
  }

  it('refuses mail for now, loses nothing, and takes it once there is room', async () => {
    await start('bob');
    disk.fill();
    const deferred = alice.when('delivery.changed', ({ delivery }) => delivery.state === 'recipient-offline');
    await sendMail(alice, a, { to: [b.address], files: [randomBytes(200_000)] });
    expect((await deferred).delivery).toMatchObject({ reason: 'busy', attempts: 1 });
    expect((await bob.call('messages.page', { identityId: b.id, folder: 'requests', limit: 10 })).messages).toEqual([]);
    disk.free();
    const delivered = alice.when('delivery.changed', ({ delivery }) => delivery.state === 'delivered');
    clock.advance(60_000);
    await delivered;
    expect(
      (await bob.call('messages.page', { identityId: b.id, folder: 'requests', limit: 10 })).messages,
    ).toHaveLength(1);
  });

  it('keeps a draft that it cannot queue', async () => {
    await start('alice');
    const content = { to: [b.address], cc: [], bcc: [], subject: 'Kept', text: 'Every word' };
    const draft = await alice.call('drafts.save', { identityId: a.id, content });
    disk.fill();
    await expect(alice.call('messages.submit', { identityId: a.id, draftId: draft.id })).rejects.toMatchObject({
      code: 'disk-full',
    });
    expect((await alice.call('drafts.read', { identityId: a.id, draftId: draft.id })).content).toEqual(content);
    expect(await alice.call('outbox.list', { identityId: a.id })).toEqual([]);
    disk.free();
    const delivered = alice.when('delivery.changed', ({ delivery }) => delivery.state === 'delivered');
    await alice.call('messages.submit', { identityId: a.id, draftId: draft.id });
    await delivered;
  });

  it('does not spin over a delivery that it cannot write down, and goes on by itself', async () => {
    await start('alice');
    bob.onion.setOnline(false);
    const waiting = alice.when('delivery.changed', ({ delivery }) => delivery.state === 'recipient-offline');
    await sendMail(alice, a, { to: [b.address] });
    await waiting;
    bob.onion.setOnline(true);
    disk.fill();
    clock.advance(60_000);
    // The window still gets answers, and the outbox rests.
    for (let turn = 0; turn < 20; turn += 1) await alice.call('outbox.list', { identityId: a.id });
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.length).toBeLessThan(5);
    disk.free();
    const delivered = alice.when('delivery.changed', ({ delivery }) => delivery.state === 'delivered');
    clock.advance(FAULT_PAUSE_MS);
    await delivered;
    expect(
      (await bob.call('messages.page', { identityId: b.id, folder: 'requests', limit: 10 })).messages,
    ).toHaveLength(1);
  });

  it('locks and unlocks, and shows the mail that is there', async () => {
    await start('bob');
    const stored = bob.when('message.stored', () => true);
    await sendMail(alice, a, { to: [b.address] });
    await stored;
    disk.fill();
    // A month later the certification is due, and cannot be written.
    clock.advance(40 * 86_400_000);
    await bob.call('profile.lock', {});
    expect(await bob.call('profile.unlock', { passphrase: 'correct horse battery' })).toEqual({ outcome: 'unlocked' });
    expect(await bob.call('identities.list', {})).toMatchObject([{ reachability: 'online' }]);
    expect(
      (await bob.call('messages.page', { identityId: b.id, folder: 'requests', limit: 10 })).messages,
    ).toHaveLength(1);
  });
});
