import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPrivateSockets } from '../../runtime/private-sockets';
import { createKeyServers } from '../../hkp/key-server';
import type { LocalServer } from '../../ports/local-server';
import { SettableClock } from '../../testing/settable-clock';
import { KeptServers } from './kept-servers';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const MINUTES = 2 * 60_000;

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'kept-'));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

it('listens anew, and leads tor there, when the folder of its sockets is gone', async () => {
  const session = join(parent, 'session');
  await mkdir(session, { mode: 0o700 });
  const sockets = createPrivateSockets({ log, parents: [session, parent] });
  const keys = createKeyServers({ sockets });
  const one = (): Promise<LocalServer> =>
    keys.start({ address: 'x' as never, fingerprint: () => 'x' as never, key: () => Promise.resolve('') });
  const start = async () => ({ smtp: await one(), hkp: await one() });
  const clock = new SettableClock();
  const moved: string[] = [];
  const kept: KeptServers = new KeptServers(
    { clock, log, random: { ...crypto, fraction: () => 0.5 } as never },
    await start(),
    {
      start,
      moved: () => Promise.resolve(void moved.push(String(kept.smtp.door))),
    },
  );
  const first = String(kept.smtp.door);
  await pass(clock);
  expect(moved).toEqual([]);
  await rm(session, { recursive: true });
  await pass(clock);
  await vi.waitFor(() => {
    expect(moved).toHaveLength(1);
  });
  expect(moved[0]).not.toBe(first);
  expect(dirname(dirname(moved[0] ?? ''))).toBe(parent);
  const taken = createServer().listen(moved[0]);
  const code = await new Promise((resolve) =>
    taken.once('error', (error: NodeJS.ErrnoException) => resolve(error.code)),
  );
  expect(code).toBe('EADDRINUSE');
  await kept.close();
  expect(clock.untilNextTimer()).toBeUndefined();
  await sockets.close();
});

it('leads tor there at the next look when it could not be led before', async () => {
  let opened = 0;
  const stopped: number[] = [];
  const isOpen = new Set<number>();
  const server = (number: number): LocalServer => ({
    door: number,
    isOpen: () => Promise.resolve(isOpen.has(number)),
    stop: () => Promise.resolve(void stopped.push(number)),
  });
  const start = () => {
    opened += 1;
    isOpen.add(opened);
    return Promise.resolve({ smtp: server(opened), hkp: server(opened) });
  };
  const clock = new SettableClock();
  const moved: unknown[] = [];
  const kept: KeptServers = new KeptServers(
    { clock, log, random: { ...crypto, fraction: () => 0.5 } as never },
    await start(),
    {
      start,
      moved: () => {
        moved.push(kept.smtp.door);
        return moved.length === 1 ? Promise.reject(new Error('the disk cannot be read now')) : Promise.resolve();
      },
    },
  );
  isOpen.clear();
  for (let look = 1; look <= 4; look += 1) await pass(clock);
  expect(moved).toEqual([2, 2]);
  expect(stopped).toEqual([1, 1]);
  await kept.close();
  expect(stopped).toEqual([1, 1, 2, 2]);
});

/** Lets the next look come and end: it sets the timer for the one after. */
async function pass(clock: SettableClock): Promise<void> {
  clock.advance(MINUTES);
  await vi.waitFor(() => {
    expect(clock.untilNextTimer()).toBeDefined();
  });
}
