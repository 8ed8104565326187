import type { Fate } from '../../electron/core/testing/simulation/audit';
import type { SimulationOptions, SimulationResult } from '../../electron/core/testing/simulation/simulate';

export type WorldOptions = Omit<SimulationOptions, 'directory' | 'say'>;

/** Of all people at one moment: octets that each keeps for others. `at`: days. */
export type StoragePoint = { readonly at: number; readonly mean: number; readonly p99: number; readonly max: number };

/** What is told of one world. */
export type WorldAccount = {
  readonly options: WorldOptions;
  readonly letters: number;
  readonly fates: Readonly<Partial<Record<Fate, number>>>;
  /** Minutes from writing to the recipient's store, shortest first; letters that never came are not among them. */
  readonly minutes: readonly number[];
  readonly storage: readonly StoragePoint[];
  readonly onlineShare: number;
  readonly days: number;
  readonly crashes: number;
  readonly agreements: number;
  /** Of one person on one day, from day 0 to the last. */
  readonly daily: { readonly dials: number; readonly connections: number; readonly queueRuns: number };
  readonly brokenConnections: number;
  readonly wallSeconds: number;
};

const DAY_MS = 24 * 60 * 60_000;

export function accountOf(
  result: SimulationResult,
  o: { readonly options: WorldOptions; readonly wallSeconds: number },
): WorldAccount {
  const { letters, network } = result;
  const fates: Partial<Record<Fate, number>> = {};
  for (const { fate } of letters) fates[fate] = (fates[fate] ?? 0) + 1;
  const personDays = o.options.people * result.daysLived;
  return {
    options: o.options,
    letters: letters.length,
    fates,
    minutes: letters
      .flatMap(({ latencyMs }) => (latencyMs === undefined ? [] : [latencyMs / 60_000]))
      .sort((a, b) => a - b),
    storage: result.storage.map(({ at, bytes }) => ({ at: at / DAY_MS, ...spread(bytes) })),
    onlineShare: result.onlineShare,
    days: result.daysLived,
    crashes: result.life.crashes,
    agreements: result.warmUp.agreements,
    daily: {
      dials: network.dials / personDays,
      connections: network.connections / personDays,
      queueRuns: network.queueRuns / personDays,
    },
    brokenConnections: network.broken,
    wallSeconds: o.wallSeconds,
  };
}

function spread(values: readonly number[]): Omit<StoragePoint, 'at'> {
  const sorted = [...values].sort((a, b) => a - b);
  const mean = sorted.reduce((sum, each) => sum + each, 0) / Math.max(1, sorted.length);
  return { mean, p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0, max: sorted.at(-1) ?? 0 };
}

/** Minutes within which this share of all letters came; infinite when fewer came at all. */
export function minutesFor({ minutes, letters }: WorldAccount, share: number): number {
  return minutes[Math.max(0, Math.ceil(share * letters) - 1)] ?? Infinity;
}

/** Share of all letters that came within so many minutes. */
export function shareWithin({ minutes, letters }: WorldAccount, limit: number): number {
  return minutes.filter((each) => each <= limit).length / Math.max(1, letters);
}
