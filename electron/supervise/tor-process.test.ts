import {
  existsSync,
  readdirSync,
  readlinkSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { resolveTorBinary, type TorBinary } from './tor-binary';
import { torFiles } from './tor-config';
import { TorProcess, type TorProcessOptions, type TorProcessState } from './tor-process';

const FOUND = { interval: 20 };

let directory: string;
let binary: TorBinary;
let started: TorProcess[];

beforeEach(async () => {
  directory = join(mkdtempSync(join(tmpdir(), 'posthorn supervise ü-')), 'tor');
  binary = await resolveTorBinary({
    allowOverride: true,
    env: process.env,
    platform: process.platform,
    arch: process.arch,
  });
  started = [];
});
afterEach(async () => {
  await Promise.all(started.map((tor) => tor.stop()));
  rmSync(join(directory, '..'), { recursive: true, force: true });
});

function make(options: Partial<TorProcessOptions> = {}): { tor: TorProcess; states: TorProcessState[] } {
  const tor = new TorProcess({ binary, dataDirectory: directory, allowTestLines: false, ...options });
  const states: TorProcessState[] = [];
  tor.onState((state) => states.push(state));
  started.push(tor);
  return { tor, states };
}

function reaches(tor: TorProcess, state: TorProcessState['state']): Promise<void> {
  return vi.waitFor(() => expect(tor.state().state).toBe(state), FOUND);
}

function isAlive(pid: number): boolean {
  try {
    return !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'latin1'));
  } catch {
    return false;
  }
}

test('starts tor in a directory of its own and ends it without a trace', async () => {
  const { tor, states } = make();
  tor.start();
  await reaches(tor, 'running');
  expect(statSync(directory).mode & 0o777).toBe(0o700);
  expect(states).toMatchObject([{ state: 'starting' }, { state: 'running', cookiePath: torFiles(directory).cookie }]);
  const pid = tor.pid ?? 0;
  expect(isAlive(pid)).toBe(true);
  await tor.stop();
  expect(isAlive(pid)).toBe(false);
  expect(tor.state()).toEqual({ state: 'stopped' });
});

test.runIf(process.platform === 'linux').each([
  ['in its directory', 'tor'],
  ['elsewhere, where the path is not ASCII', 'jürgen'],
  ['elsewhere, where the path is long', 'x'.repeat(120)],
])('listens on no port of the machine: its doors are %s', async (_where, name) => {
  const parent = mkdtempSync(join(tmpdir(), 'posthorn-doors-'));
  const { tor } = make({ dataDirectory: join(parent, name) });
  tor.start();
  await reaches(tor, 'running');
  const state = tor.state();
  const control = state.state === 'running' ? String(state.controlPort) : '';
  expect(statSync(control).isSocket()).toBe(true);
  expect(statSync(dirname(control)).mode & 0o777).toBe(0o700);
  expect(dirname(control) === join(parent, name)).toBe(name === 'tor');
  const listening = readFileSync(`/proc/${String(tor.pid)}/net/tcp`, 'latin1').split('\n');
  const inodes = readdirSync(`/proc/${String(tor.pid)}/fd`).map((fd) => {
    try {
      return readlinkSync(`/proc/${String(tor.pid)}/fd/${fd}`);
    } catch {
      return '';
    }
  });
  const own = listening
    .map((line) => line.trim().split(/\s+/))
    .filter((row) => inodes.includes(`socket:[${row[9] ?? ''}]`));
  expect(own.filter((row) => row[3] === '0A')).toEqual([]);
  await tor.stop();
  expect(existsSync(control)).toBe(false);
  rmSync(parent, { recursive: true });
});

test('starts a killed tor again, past the files it left behind', async () => {
  const { tor, states } = make();
  tor.start();
  await reaches(tor, 'running');
  const first = tor.pid ?? 0;
  process.kill(first, 'SIGKILL');
  await reaches(tor, 'restarting');
  expect(existsSync(torFiles(directory).controlPort)).toBe(true);
  const waiting = states.at(-1);
  expect(waiting?.state === 'restarting' && waiting.retryAt - Date.now()).toBeLessThanOrEqual(1_000);
  await reaches(tor, 'running');
  expect(tor.pid).not.toBe(first);
});

test('can be told not to wait', async () => {
  const { tor } = make();
  tor.start();
  await reaches(tor, 'running');
  process.kill(tor.pid ?? 0, 'SIGKILL');
  await reaches(tor, 'restarting');
  await tor.restartNow();
  expect(tor.state()).toEqual({ state: 'starting' });
  await reaches(tor, 'running');
  const running = tor.pid;
  await tor.restartNow();
  await reaches(tor, 'running');
  expect(tor.pid).not.toBe(running);
});

test('ends a tor that does not answer', async () => {
  const { tor } = make();
  tor.start();
  await reaches(tor, 'running');
  const pid = tor.pid ?? 0;
  process.kill(pid, 'SIGSTOP');
  await tor.stop();
  expect(isAlive(pid)).toBe(false);
});

test('stopped in the middle of starting it stays stopped', async () => {
  const { tor, states } = make();
  tor.start();
  await tor.stop();
  expect(states.map((state) => state.state)).toEqual(['starting', 'stopped']);
  expect(tor.pid).toBeUndefined();
});

test.runIf(process.platform === 'linux')('is told the process id of tor itself, not of what started it', async () => {
  const { tor } = make();
  tor.start();
  await reaches(tor, 'running');
  expect(readFileSync(`/proc/${String(tor.pid)}/comm`, 'latin1')).toBe('tor\n');
});

test('says that the program is missing, and starts when it is there', async () => {
  const { tor } = make({ binary: { ...binary, path: '/nonexistent/tor' } });
  tor.start();
  await reaches(tor, 'failed');
  expect(tor.state()).toEqual({ state: 'failed', reason: 'binary-missing' });
});

test('gives up on a tor that never comes up, until it is told to try again', async () => {
  const timers: (() => void)[] = [];
  const clock = {
    now: () => Date.now(),
    setTimer: (_milliseconds: number, run: () => void) => (timers.push(run), () => undefined),
  };
  const script = join(directory, '..', 'dies');
  writeFileSync(script, '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  const { tor } = make({ binary: { ...binary, path: script }, clock });
  tor.start();
  for (let start = 0; start < 4; start += 1) {
    await reaches(tor, 'restarting');
    timers.pop()?.();
  }
  await reaches(tor, 'failed');
  expect(tor.state()).toEqual({ state: 'failed', reason: 'crashed' });
  await tor.restartNow();
  await reaches(tor, 'restarting');
});

test('a restart for which the disk has no place is tried again later', async () => {
  const timers: (() => void)[] = [];
  const clock = {
    now: () => Date.now(),
    setTimer: (_milliseconds: number, run: () => void) => (timers.push(run), () => undefined),
  };
  const script = join(directory, '..', 'dies');
  writeFileSync(script, '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  const { tor, states } = make({ binary: { ...binary, path: script }, clock });
  tor.start();
  await reaches(tor, 'restarting');
  rmSync(directory, { recursive: true });
  writeFileSync(directory, '');
  timers.pop()?.();
  expect(states.slice(-2).map(({ state }) => state)).toEqual(['starting', 'restarting']);
  rmSync(directory);
  timers.pop()?.();
  await reaches(tor, 'restarting');
  expect(existsSync(torFiles(directory).noGeoip)).toBe(true);
});
