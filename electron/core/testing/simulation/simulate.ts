import type { Log } from '../../ports/runtime';
import { auditLetters, type Letter } from './audit';
import { DailyLife, type LifeCounts } from './daily-life';
import type { Person } from './person';
import { createPopulation, type PopulationOptions } from './population';
import type { NetworkCounts } from './virtual-network';
import { warmUp, type WarmUp } from './warm-up';
import { createWorld, type World } from './world';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const SAMPLE_EVERY = 2 * HOUR;
/** Everybody is online before day 0, until agreements are made and known. */
const WARM_UP_HOURS = 5;

/** A Monday, 0:00 UTC. */
const DAY_ZERO = Date.UTC(2026, 2, 2);

export type SimulationOptions = PopulationOptions & {
  readonly seed: string;
  /** Holders of each person; 0: mail as it was without them. */
  readonly holders: number;
  /** Crashes of one machine on a day. */
  readonly crashesPerDay: number;
  readonly directory: string;
  readonly say?: (text: string) => void;
};

/** `at`: milliseconds since day 0. Octets that each person keeps for others. */
export type StorageSample = { readonly at: number; readonly bytes: readonly number[] };

export type SimulationResult = {
  readonly letters: readonly Letter[];
  readonly storage: readonly StorageSample[];
  readonly warmUp: WarmUp;
  /** From day 0 on. */
  readonly network: NetworkCounts;
  readonly life: LifeCounts;
  /** Share of all people who were online, over the days on which letters were written. */
  readonly onlineShare: number;
  readonly daysLived: number;
  /** What programs wrote into their logs, by event. */
  readonly logged: ReadonlyMap<string, number>;
};

/** Lives through all of it: the same seed gives the same world, to the last octet. */
export async function simulate(o: SimulationOptions): Promise<SimulationResult> {
  const say = o.say ?? (() => undefined);
  const logged = new Map<string, number>();
  const world = createWorld({ seed: o.seed, startsAt: DAY_ZERO - WARM_UP_HOURS * HOUR, directory: o.directory });
  const people = await createPopulation(world, { ...o, log: countingLog(logged), begins: DAY_ZERO });
  const warm = await warmUp(world, { people, holders: o.holders, hours: WARM_UP_HOURS });
  say(`${String(warm.agreements)} agreements, ${String(warm.cards)} cards known`);
  const before = { ...world.network.counts };
  const life: LifeCounts = { crashes: 0, starts: 0, onlineMs: 0, written: 0 };
  for (const person of people)
    new DailyLife(world, {
      person,
      people,
      begins: DAY_ZERO,
      crashesPerDay: o.crashesPerDay,
      days: o.days,
      counts: life,
    }).begin();
  const lived = await live(world, { options: o, people, say });
  for (const { machine } of people) machine.crash();
  await world.clock.settle();
  return {
    letters: auditLetters(people),
    storage: lived.storage,
    warmUp: warm,
    network: since(before, world.network.counts),
    life,
    onlineShare: lived.onlineShare,
    daysLived: lived.days,
    logged,
  };
}

type Lived = { readonly storage: StorageSample[]; readonly onlineShare: number; readonly days: number };

/** Day after day, until no letter is under way any more or the days are over. */
async function live(
  world: World,
  {
    options: o,
    people,
    say,
  }: { readonly options: SimulationOptions; readonly people: readonly Person[]; readonly say: (text: string) => void },
): Promise<Lived> {
  const storage: StorageSample[] = [];
  const online: number[] = [];
  let days = 0;
  while (days < o.days && (days < o.writingDays || unfinished(people) > 0)) {
    for (let at = days * DAY; at < (days + 1) * DAY; at += SAMPLE_EVERY) {
      await world.clock.runUntil(DAY_ZERO + at + SAMPLE_EVERY);
      storage.push({ at: at + SAMPLE_EVERY, bytes: people.map(({ machine }) => machine.disk().heldBytes) });
      if (days < o.writingDays) online.push(people.filter(({ machine }) => machine.running()).length / people.length);
    }
    days += 1;
    say(`day ${String(days)}: ${String(unfinished(people))} letters under way`);
  }
  return { storage, onlineShare: online.reduce((sum, each) => sum + each, 0) / Math.max(1, online.length), days };
}

function unfinished(people: readonly Person[]): number {
  return people.reduce((sum, { machine }) => sum + machine.disk().unfinished, 0);
}

function since(before: NetworkCounts, after: NetworkCounts): NetworkCounts {
  return {
    dials: after.dials - before.dials,
    connections: after.connections - before.connections,
    queueRuns: after.queueRuns - before.queueRuns,
    broken: after.broken - before.broken,
  };
}

function countingLog(logged: Map<string, number>): Log {
  const count = (event: string): void => void logged.set(event, (logged.get(event) ?? 0) + 1);
  return { info: () => undefined, warn: count, error: count };
}
