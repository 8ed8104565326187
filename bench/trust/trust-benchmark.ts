import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { promisify } from 'node:util';
import type { TrustInput, TrustResult } from '../../electron/core/domain/trust/trust-model';
import { createPgpWorkerClient } from '../../electron/core/pgp/worker/pgp-worker-client';
import type { Validity } from '../../shared/trust';
import type { BenchRun } from '../report/bench-run';
import { median, type Section } from '../report/report';
import { gpgRing } from './gpg-ring';
import { makeTrustWeb, type TrustWeb } from './trust-web';

type Amount = { readonly keys: number; readonly rounds: number };
const whole: Amount = { keys: 5_000, rounds: 3 };
const little: Amount = { keys: 200, rounds: 1 };
/** Milliseconds between two looks at the loop. */
const RESOLUTION = 5;
/** From the project's folder, as everything that `npm run bench` starts. */
const workerPath = resolve('dist/core/pgp-worker.cjs');

type Ours = { readonly ms: number; readonly lagMs: number; readonly result: TrustResult };

/**
 * Who is believed in a ring of 5,000 keys with 50,000 certifications: Posthorn's engine in its worker against `gpg
 * --check-trustdb`.
 */
export async function benchTrust({ say, small }: BenchRun): Promise<Section> {
  const amount = small ? little : whole;
  // Whole seconds, which is all gpg is told.
  const web = makeTrustWeb(amount.keys, Math.floor(Date.now() / 1000) * 1000);
  const gpg = await openRing(web);
  const pgp = createPgpWorkerClient({ workerPath });
  try {
    const ours: Ours[] = [];
    const theirs: number[] = [];
    // The first round wakes everything and is not counted.
    for (let round = 0; round <= amount.rounds; round += 1) {
      const mine = await compute(web.input, (input) => pgp.computeValidity(input));
      const gpgMs = await gpg.check();
      say(
        `trust, round ${round}: ${mine.ms.toFixed(0)} ms, loop held up ${mine.lagMs.toFixed(0)} ms; gpg ${gpgMs.toFixed(0)} ms`,
      );
      if (round === 0) requireEqual(mine.result, await gpg.list());
      else theirs.push(gpgMs);
      if (round > 0) ours.push(mine);
    }
    return summary({ ours, theirs, amount, certifications: web.input.certifications.length });
  } finally {
    await pgp.close();
    gpg.remove();
  }
}

/**
 * What the caller waits for, the way to the worker and back included, and how long its own loop stood still meanwhile.
 */
async function compute(input: TrustInput, run: (input: TrustInput) => Promise<TrustResult>): Promise<Ours> {
  const loop = monitorEventLoopDelay({ resolution: RESOLUTION });
  loop.enable();
  const begin = performance.now();
  const result = await run(input);
  const ms = performance.now() - begin;
  // One more look, so that what the answer cost is seen too.
  await new Promise((resume) => setTimeout(resume, 4 * RESOLUTION));
  loop.disable();
  return { ms, lagMs: Math.max(0, loop.max / 1e6 - RESOLUTION), result };
}

type GpgRing = { check(): Promise<number>; list(): Promise<Map<string, string>>; remove(): void };

async function openRing(web: TrustWeb): Promise<GpgRing> {
  const home = mkdtempSync('/tmp/gpg-');
  const time = new Date(web.input.now).toISOString().replaceAll(/[-:]|\.\d+Z/g, '');
  const fixed = [
    '--homedir',
    home,
    '--batch',
    '--yes',
    '--quiet',
    '--no-tty',
    '--no-autostart',
    '--no-auto-check-trustdb',
    '--faked-system-time',
    `${time}!`,
  ];
  const gpg = (...args: string[]) => promisify(execFile)('gpg', [...fixed, ...args], { maxBuffer: 64 << 20 });
  writeFileSync(join(home, 'pubring.gpg'), gpgRing(web), { mode: 0o600 });
  const trust = [...web.input.ownerTrust.keys()].map((fingerprint) => `${fingerprint}:6:\n`).join('');
  writeFileSync(join(home, 'ownertrust'), trust);
  await gpg('--import-ownertrust', join(home, 'ownertrust'));
  return {
    check: async () => {
      const begin = performance.now();
      await gpg('--check-trustdb');
      return performance.now() - begin;
    },
    list: async () => letters((await gpg('--with-colons', '--list-keys')).stdout),
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

/** Fingerprint and letter of every key of a colon listing. */
function letters(listing: string): Map<string, string> {
  const found = new Map<string, string>();
  let letter = '';
  for (const fields of listing.split('\n').map((line) => line.split(':'))) {
    if (fields[0] === 'pub') letter = fields[1] ?? '';
    if (fields[0] === 'fpr') found.set(fields[9] ?? '', letter);
  }
  return found;
}

function requireEqual({ validities }: TrustResult, theirs: ReadonlyMap<string, string>): void {
  const letterOf: Readonly<Record<Validity, string>> = {
    ultimate: 'u',
    full: 'f',
    marginal: 'm',
    undefined: 'q',
    unknown: '-',
    expired: 'e',
    revoked: 'r',
  };
  const differing = [...validities].filter(
    ([fingerprint, { validity }]) => theirs.get(fingerprint) !== letterOf[validity],
  );
  if (differing.length > 0 || theirs.size !== validities.size)
    throw new Error(`gpg judges ${differing.length} of ${theirs.size} keys otherwise`);
}

function summary(o: {
  readonly ours: readonly Ours[];
  readonly theirs: readonly number[];
  readonly amount: Amount;
  readonly certifications: number;
}): Section {
  const { keys, rounds } = o.amount;
  const lag = Math.max(...o.ours.map(({ lagMs }) => lagMs));
  const validities = [...(o.ours[0]?.result.validities.values() ?? [])];
  const believed = validities.filter(({ validity }) => validity === 'full').length;
  return {
    lines: [
      {
        name: `Trust, validity of ${keys.toLocaleString('en')} keys`,
        unit: 'ms',
        ours: median(o.ours.map(({ ms }) => ms)),
        theirs: median(o.theirs),
        better: 'less',
      },
    ],
    how: [
      `Trust: ${keys} keys with ${o.certifications} certifications, ${believed} of the keys fully valid; every key judged as gpg judges it. Ours in a worker, the way`,
      `  there and back included; the caller's loop stood still for ${lag.toFixed(0)} ms at most. Against gpg --check-trustdb, its start included, every`,
      `  signature marked as checked in its key ring, in turns, median of ${rounds} rounds after one to warm up.`,
    ],
  };
}
