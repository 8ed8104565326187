import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import type { OnionHost } from '../../../../shared/ids';
import type { Identity } from '../../../../shared/identity';
import { systemClock } from '../../runtime/system-clock';
import { bundleProgram } from '../../testing/bundle-program';
import { campaign, campaignSeed } from '../../testing/campaign';
import type { LocalDoor } from '../../ports/local-server';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, sendMail, type TestCore } from '../../testing/make-test-core';
import { SeededRandom } from '../../testing/simulation/seeded-random';

const MESSAGES = campaign({ short: 30, long: 300 });
/** A kill waits for this many more deliveries, drawn again each time. */
const MOST_BETWEEN_KILLS = campaign({ short: 10, long: 40 });
const seed = campaignSeed();

let folder: string;
let program: string;
let network: LoopbackNetwork;
let alice: TestCore;
let a: Identity;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'posthorn-kill-'));
  program = await bundleProgram('receiver-process', { whole: true });
  network = await LoopbackNetwork.start();
  alice = await makeTestCore(network, { clock: systemClock() });
  a = await makeIdentity(alice, 'alice');
});

afterAll(async () => {
  await alice.remove();
  await network.stop();
  rmSync(folder, { recursive: true, force: true });
  rmSync(program, { force: true });
});

/** Bob's profile, with Alice in his address book, so that her mail is not limited as a stranger's. */
async function prepareBob(): Promise<{ directory: string; b: Identity }> {
  const bob = await makeTestCore(network, { clock: systemClock() });
  const b = await makeIdentity(bob, 'bob');
  await bob.call('contacts.add', { identityId: b.id, address: a.address, name: 'Alice' });
  await bob.stop();
  return { directory: bob.directory, b };
}

async function startBob(directory: string): Promise<ChildProcess> {
  const bob = fork(program, [directory], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [told] = (await once(bob, 'message')) as [{ onion: OnionHost; ports: [number, LocalDoor][] }];
  network.publish(told.onion, new Map(told.ports));
  return bob;
}

async function kill(bob: ChildProcess, onion: OnionHost): Promise<void> {
  network.withdraw(onion);
  const exited = once(bob, 'exit');
  bob.kill('SIGKILL');
  await exited;
}

/** Counts deliveries, and tries again at once what a kill interrupted. */
function followDeliveries(isUp: () => boolean): {
  count(): number;
  reached(count: number): Promise<void>;
  tryAgain(): Promise<void>;
} {
  let delivered = 0;
  const waiting: { count: number; resolve: () => void }[] = [];
  alice.onEvent((event) => {
    if (event.type !== 'delivery.changed') return;
    const { id: deliveryId, state, nextTryAt } = event.delivery;
    // A delivery that the kill interrupted is tried now, not when its time comes; one that ends meanwhile needs no try.
    if (state === 'recipient-offline' && nextTryAt !== undefined && isUp())
      void alice.call('outbox.tryNow', { identityId: a.id, deliveryId }).catch(() => undefined);
    if (state !== 'delivered') return;
    delivered += 1;
    for (const one of waiting) if (delivered >= one.count) one.resolve();
  });
  return {
    count: () => delivered,
    reached: (count) =>
      new Promise((resolve) => {
        waiting.push({ count, resolve });
        if (delivered >= count) resolve();
      }),
    tryAgain: async () => {
      const open = await alice.call('outbox.list', { identityId: a.id });
      const tries = open.map((delivery) => alice.call('outbox.tryNow', { identityId: a.id, deliveryId: delivery.id }));
      await Promise.allSettled(tries);
    },
  };
}

describe('a core killed at random moments while it receives', () => {
  it('has every message it answered 250 for, each once', async () => {
    onTestFailed(() => void process.stdout.write(`POSTHORN_SEED=${seed}\n`));
    const random = new SeededRandom(seed);
    const { directory, b } = await prepareBob();
    let isUp = true;
    const deliveries = followDeliveries(() => isUp);
    let bob = await startBob(directory);
    for (let index = 0; index < MESSAGES; index += 1)
      await sendMail(alice, a, { to: [b.address], subject: `Message ${String(index)}` });

    let kills = 0;
    while (deliveries.count() < MESSAGES) {
      await deliveries.reached(Math.min(MESSAGES, deliveries.count() + 1 + random.below(MOST_BETWEEN_KILLS)));
      isUp = false;
      await kill(bob, b.onion);
      kills += 1;
      bob = await startBob(directory);
      isUp = true;
      await deliveries.tryAgain();
    }
    await kill(bob, b.onion);
    expect(kills).toBeGreaterThanOrEqual(MESSAGES / MOST_BETWEEN_KILLS);

    const again = await makeTestCore(network, { clock: systemClock(), directory });
    const { messages } = await again.call('messages.page', { identityId: b.id, folder: 'inbox', limit: 500 });
    const expected = Array.from({ length: MESSAGES }, (_, index) => `Message ${String(index)}`);
    expect(messages.map(({ subject }) => subject).sort()).toEqual(expected.sort());
    await again.remove();
  });
});
