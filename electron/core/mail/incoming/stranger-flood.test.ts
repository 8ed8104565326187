import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Identity } from '../../../../shared/identity';
import type { OnionHost } from '../../../../shared/ids';
import type { LocalDoor } from '../../ports/local-server';
import { systemClock } from '../../runtime/system-clock';
import { bundleProgram } from '../../testing/bundle-program';
import { campaign } from '../../testing/campaign';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, sendMail, type TestCore } from '../../testing/make-test-core';
import type { Bearing } from '../../testing/measured-receiver';
import type { FloodOrder, FloodReport } from '../../testing/stranger-flood';

/** The longer campaign floods longer, not harder: each burst is the same. */
const BURSTS = campaign({ short: 3, long: 10 });
/** For both flooding processes together. */
const STRANGERS = 10 * BURSTS;
const LETTERS_EACH = 20;
const CONNECTIONS = 1_000 * BURSTS;
const FLOODERS = 2;

type Told = {
  readonly onion?: OnionHost;
  readonly ports?: [number, LocalDoor][];
  readonly ready?: true;
  readonly burst?: number;
  readonly report?: FloodReport;
  readonly bearing?: Bearing;
};

const programs: string[] = [];
const children: ChildProcess[] = [];
let network: LoopbackNetwork;
let alice: TestCore;
let a: Identity;
let bob: ChildProcess;
let bobDirectory: string;
let b: Identity;
let floods: ChildProcess[];

async function bundled(name: string): Promise<string> {
  const program = await bundleProgram(name);
  programs.push(program);
  return program;
}

function start(program: string, argument: string): ChildProcess {
  const child = fork(program, [argument], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  children.push(child);
  return child;
}

/** Resolves with the first message of this kind that the child sends from now on. */
function told<K extends keyof Told>(child: ChildProcess, kind: K): Promise<Required<Told>[K]> {
  return new Promise((resolve, reject) => {
    child.once('exit', () => {
      reject(new Error(`The process ended before it told its ${kind}`));
    });
    child.on('message', (message: Told) => {
      const value = message[kind];
      if (value !== undefined) resolve(value as Required<Told>[K]);
    });
  });
}

beforeAll(async () => {
  network = await LoopbackNetwork.start();
  alice = await makeTestCore(network, { clock: systemClock() });
  a = await makeIdentity(alice, 'alice');
  const first = await makeTestCore(network, { clock: systemClock() });
  b = await makeIdentity(first, 'bob');
  bobDirectory = first.directory;
  await first.call('contacts.add', { identityId: b.id, address: a.address, name: 'Alice' });
  const { key } = await first.call('identities.exportPublicKey', { identityId: b.id });
  await first.stop();

  bob = start(await bundled('measured-receiver'), bobDirectory);
  const [{ onion, ports }] = (await once(bob, 'message')) as [Required<Pick<Told, 'onion' | 'ports'>>];
  network.publish(onion, new Map(ports));
  const order: FloodOrder = {
    door: new Map(ports).get(25) ?? 0,
    address: b.address,
    key,
    strangers: STRANGERS / FLOODERS,
    lettersEach: LETTERS_EACH,
    connections: CONNECTIONS / FLOODERS,
    bursts: BURSTS,
    burstEveryMs: 1_500,
    untilTold: true,
  };
  const program = await bundled('stranger-flood');
  floods = Array.from({ length: FLOODERS }, () => start(program, JSON.stringify(order)));
  await Promise.all(floods.map((flood) => told(flood, 'ready')));
  // Alice knows Bob's key before the flood begins, as a contact does.
  const delivered = alice.when('delivery.changed', ({ delivery }) => delivery.state === 'delivered');
  await sendMail(alice, a, { to: [b.address], subject: 'Before' });
  await delivered;
});

afterAll(async () => {
  for (const child of children) if (child.exitCode === null) child.kill('SIGKILL');
  await alice.remove();
  await network.stop();
  await Promise.all([bobDirectory, ...programs].map((path) => rm(path, { recursive: true, force: true })));
});

/** Alice writes once in every burst. Milliseconds from then until it is delivered. */
function writeInEveryBurst(flood: ChildProcess): {
  readonly delivered: number[];
  atLeast(count: number): Promise<void>;
} {
  const delivered: number[] = [];
  const sent = new Map<string, number>();
  let arrived: () => void = () => undefined;
  alice.onEvent((event) => {
    if (event.type !== 'delivery.changed' || event.delivery.state !== 'delivered') return;
    delivered.push(Date.now() - (sent.get(event.delivery.messageId) ?? 0));
    arrived();
  });
  flood.on('message', ({ burst }: Told) => {
    if (burst === undefined) return;
    const at = Date.now();
    void sendMail(alice, a, { to: [b.address], subject: `In burst ${String(burst)}` }).then(({ id }) =>
      sent.set(id, at),
    );
  });
  return {
    delivered,
    atLeast: async (count) => {
      while (delivered.length < count)
        await new Promise<void>((resolve) => {
          arrived = resolve;
        });
    },
  };
}

function sum(reports: readonly Record<string, number>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const report of reports) {
    for (const [code, count] of Object.entries(report))
      total[code === '' ? 'none' : code] = (total[code === '' ? 'none' : code] ?? 0) + count;
  }
  return total;
}

const total = (counts: Record<string, number>): number => Object.values(counts).reduce((all, count) => all + count, 0);

describe(`${String(CONNECTIONS)} connections and ${String(STRANGERS * LETTERS_EACH)} mails of strangers`, () => {
  // The window runs in a process of its own, so the core must keep answering its calls.
  it('do not keep a contact’s mail out, nor fill the memory, nor stop the core', async () => {
    bob.send('start');
    const contact = writeInEveryBurst(floods[0] as ChildProcess);
    const reports = floods.map((flood) => told(flood, 'report'));
    const start = Date.now();
    for (const flood of floods) flood.send('go');
    // The flood does not end before a contact has come through: one who is kept out by it waits here for ever.
    await contact.atLeast(1);
    for (const flood of floods) flood.send('enough');
    const done = await Promise.all(reports);
    const seconds = (Date.now() - start) / 1_000;
    const during = contact.delivered.length;
    // A stranger who was turned away in the crowd comes again, as every outbox does.
    await contact.atLeast(BURSTS);
    bob.send('report');
    const bearing = await told(bob, 'bearing');
    const mails = sum(done.map((report) => report.mails));
    const connections = sum(done.map((report) => report.connections));
    const longest = Math.max(...contact.delivered);
    process.stdout.write(
      `flood of ${seconds.toFixed(1)} s: ${String(during)} of ${String(BURSTS)} mails of a contact delivered during it, all in the end, the last after ${String(longest)} ms;` +
        ` core ${bearing.rssBefore.toFixed(0)} -> ${bearing.rssPeak.toFixed(0)} MB, event loop late by ${bearing.delayP99.toFixed(0)} ms (99%), ${bearing.delayMax.toFixed(0)} ms (most);` +
        ` mails of strangers ${JSON.stringify(mails)}, connections ${JSON.stringify(connections)}\n`,
    );
    expect(total(mails)).toBe(STRANGERS * LETTERS_EACH);
    expect(total(connections)).toBe(CONNECTIONS);
    expect(mails['250']).toBeGreaterThan(0);
    expect(contact.delivered).toHaveLength(BURSTS);
    expect(bearing.rssPeak - bearing.rssBefore).toBeLessThan(300);
    // Against the flood itself, which lasts longer where the machine is slower.
    expect(bearing.delayP99 / 1_000).toBeLessThan(seconds / 10);
  });
});
