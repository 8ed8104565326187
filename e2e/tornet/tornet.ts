import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { launchAuthorities, type RunningAuthority } from './launch-authorities';
import { loadAuthorityKeys } from './authority-keys';
import { waitForConsensus } from './consensus';
import { startGuardian } from './guardian';
import { clientLines, directoryAuthorityLine, type FirstVote } from './torrc-lines';
import { findFreePorts } from './free-ports';

/** A running private Tor network on this machine's loopback. */
export type Tornet = {
  /** Lines a tor client adds to its torrc to use this network instead of the public one. */
  readonly clientTorrcLines: string[];
  /** Process ids of the authorities. */
  readonly pids: number[];
  /** Ends every process of the network and removes its files. */
  stop(): Promise<void>;
  /** Stops all authorities in their tracks (SIGSTOP): the network goes silent, nothing is closed. */
  freeze(): void;
  /** Lets frozen authorities go on (SIGCONT). */
  thaw(): void;
};

const AUTHORITIES = 5;
/**
 * One for each attempt. The first has the smallest times that tor allows; a machine too busy for it gets more time for
 * its next. With 5 s tor votes 2 s before a multiple of 5 s of wall-clock time. A start just after such a multiple
 * leaves the longest time, 3 s, until all descriptors must be everywhere; a start after the vote's time makes a vote
 * that lists too few.
 */
const FIRST_VOTES: readonly FirstVote[] = [
  { interval: 5, delay: 2 },
  { interval: 10, delay: 2 },
  { interval: 10, delay: 2 },
  { interval: 20, delay: 4 },
  { interval: 20, delay: 4 },
];
const START_PHASE_MS = 50;

/**
 * Starts five directory authorities that are also the only relays, and returns when all of them serve a consensus that
 * lists all of them (10 to 15 s, and once per machine and year some seconds more for the keys).
 * A start whose first consensus is short is thrown away and repeated, because the next consensus would be 300 s off.
 * @param options.dir where the network makes its own directory; the system's temporary directory by default
 * @throws when tor or tor-gencert is not installed, or after five starts without a full consensus
 */
export async function startTornet(options: { dir?: string } = {}): Promise<Tornet> {
  const keys = await loadAuthorityKeys(AUTHORITIES);
  let failure: unknown;
  for (const firstVote of FIRST_VOTES) {
    try {
      return await startOnce({ keys, firstVote, parent: options.dir ?? tmpdir() });
    } catch (error) {
      failure = error;
    }
  }
  throw new Error(`The private Tor network did not start in ${FIRST_VOTES.length} attempts`, { cause: failure });
}

type Start = { keys: Awaited<ReturnType<typeof loadAuthorityKeys>>; firstVote: FirstVote; parent: string };

async function startOnce({ keys, firstVote, parent }: Start): Promise<Tornet> {
  const dir = mkdtempSync(join(parent, 'posthorn-tornet-'));
  const guardian = startGuardian(dir);
  const ports = await findFreePorts(keys.length * 2);
  const places = keys.map((key, index) => ({
    key,
    nickname: `a${index}`,
    orPort: ports[2 * index] ?? 0,
    dirPort: ports[2 * index + 1] ?? 0,
  }));
  const directory = places.map(directoryAuthorityLine);
  await sleep(untilPhase(Date.now(), firstVote.interval * 1_000));
  const authorities = launchAuthorities({ places, directory, dir, firstVote, onSpawn: (pid) => guardian.watch(pid) });
  const stop = async () => {
    guardian.dismiss();
    await endAll(authorities);
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    await Promise.race([waitForConsensus(places.map((place) => place.dirPort)), anyExit(authorities)]);
  } catch (error) {
    await stop();
    throw error;
  }
  return asTornet(authorities, { clientTorrcLines: clientLines(directory), stop });
}

function asTornet(authorities: RunningAuthority[], rest: Pick<Tornet, 'clientTorrcLines' | 'stop'>): Tornet {
  const signal = (name: NodeJS.Signals) => {
    for (const authority of authorities) authority.signal(name);
  };
  return {
    ...rest,
    pids: authorities.map((authority) => authority.pid),
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
  };
}

function untilPhase(now: number, cycle: number): number {
  return (cycle + START_PHASE_MS - (now % cycle)) % cycle;
}

async function anyExit(authorities: RunningAuthority[]): Promise<never> {
  await Promise.race(authorities.map((authority) => authority.exited));
  throw new Error('An authority of the private Tor network ended by itself');
}

async function endAll(authorities: RunningAuthority[]): Promise<void> {
  for (const authority of authorities) authority.signal('SIGKILL');
  await Promise.all(authorities.map((authority) => authority.exited));
}
