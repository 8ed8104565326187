import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, afterAll, expect, it } from 'vitest';
import { PulseWatch } from './pulse-watch';

/** Answers pings as the core does; told to spin, it does nothing else for so many milliseconds, or for ever. */
const PROGRAM = `
  process.on('message', (message) => {
    if (message === 'ping') { process.send('pong'); return; }
    const end = message === 'spin' ? Infinity : Date.now() + Number(message);
    process.send('spinning');
    setImmediate(() => { while (Date.now() < end); });
  });
  process.send('up');
`;
/** Twelve times a second in place of every five seconds: a limit of half a second. */
const TICK_MS = 80;

let folder: string;
let program: string;
const children: ChildProcess[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'posthorn-pulse-'));
  program = join(folder, 'program.cjs');
  writeFileSync(program, PROGRAM);
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Watched = {
  readonly child: ChildProcess;
  readonly watch: PulseWatch;
  readonly still: Promise<number>;
  pings: number;
};

/** A process under watch, and when it is found to stand still: after how many pings without an answer. */
async function watched(tickMs = TICK_MS): Promise<Watched> {
  const child = fork(program);
  children.push(child);
  await once(child, 'message');
  let found: (unanswered: number) => void = () => undefined;
  const still = new Promise<number>((resolve) => {
    found = resolve;
  });
  let unanswered = 0;
  const one: Watched = {
    child,
    still,
    pings: 0,
    watch: new PulseWatch({
      tickMs,
      ping: () => {
        unanswered += 1;
        one.pings += 1;
        child.send('ping');
      },
      onStill: () => found(unanswered),
    }),
  };
  child.on('message', (message) => {
    if (message !== 'pong') return;
    unanswered = 0;
    one.watch.heard();
  });
  one.watch.start();
  return one;
}

async function answers(one: Watched, count: number): Promise<void> {
  for (let answer = 0; answer < count;) {
    const [message] = (await once(one.child, 'message')) as [unknown];
    if (message === 'pong') answer += 1;
  }
}

it('finds a process that does nothing but spin, after six pings without an answer', async () => {
  const one = await watched();
  await answers(one, 3);
  one.child.send('spin');
  expect(await one.still).toBe(6);
  one.watch.stop();
});

it('leaves a process alone that answers, however late', async () => {
  const one = await watched(1_000);
  one.child.send('2500');
  await answers(one, 3);
  one.watch.stop();
  expect(await Promise.race([one.still, Promise.resolve('alone')])).toBe('alone');
});

it('counts no time in which this process itself was stopped', async () => {
  const one = await watched();
  await answers(one, 1);
  const stopped = Date.now();
  const pings = one.pings;
  // Both are stopped, as when a machine sleeps, and this one goes on first.
  const all = `kill -STOP ${String(one.child.pid)} ${String(process.pid)}; sleep 3; kill -CONT ${String(process.pid)}`;
  const script = `${all}; kill -CONT ${String(one.child.pid)}`;
  await once(spawn('sh', ['-c', script], { detached: true, stdio: 'ignore' }), 'exit');
  expect(Date.now() - stopped).toBeGreaterThan(6 * TICK_MS);
  await answers(one, 3);
  one.watch.stop();
  expect(one.pings).toBeGreaterThan(pings);
  expect(await Promise.race([one.still, Promise.resolve('alone')])).toBe('alone');
});

it('gives twice as long to a process that has stood still before', async () => {
  const limits: number[] = [];
  const watch: PulseWatch = new PulseWatch({
    tickMs: 5,
    ping: () => {
      limits[limits.length - 1]! += 1;
    },
    onStill: () => finished(),
  });
  let finished: () => void = () => undefined;
  for (let life = 0; life < 3; life += 1) {
    limits.push(0);
    const still = new Promise<void>((resolve) => {
      finished = resolve;
    });
    watch.start();
    await still;
  }
  expect(limits).toEqual([6, 12, 24]);
});

it('waits as long as it takes for a process that has said it is busy, and no longer than for others after its answer', async () => {
  const one = await watched(20);
  await answers(one, 1);
  one.watch.busy();
  // Fifty of these ticks without an answer: eight times what finds one that said nothing.
  one.child.send('1000');
  await answers(one, 3);
  expect(await Promise.race([one.still, Promise.resolve('alone')])).toBe('alone');
  one.child.send('spin');
  expect(await one.still).toBe(6);
  one.watch.stop();
});
