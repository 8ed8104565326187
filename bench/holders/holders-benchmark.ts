import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BenchRun } from '../report/bench-run';
import type { Measured, Section } from '../report/report';
import { drawPicture } from './draw-picture';
import { minutesFor, shareWithin, type WorldAccount, type WorldOptions } from './world-account';

const HOUR = 60;

const whole: Omit<WorldOptions, 'holders'> = {
  seed: 'posthorn',
  people: 1_000,
  acquaintances: 8,
  malicious: 0.05,
  away: 0,
  writingDays: 2,
  lettersPerDay: 2,
  days: 50,
  crashesPerDay: 0.2,
};
const little: Omit<WorldOptions, 'holders'> = { ...whole, people: 12, acquaintances: 4, writingDays: 1, days: 25 };

/** From the project's folder, as everything that `npm run bench` starts. */
const program = resolve('dist/bench/holders-world.cjs');
const picture = join('assets', 'screenshots', 'holders-simulation.svg');

/**
 * A thousand people in two worlds of one seed, with holders and without; draws the picture that the README shows. Takes
 * half an hour to an hour, so it runs only when it is asked for.
 */
export async function benchHolders({ say, small }: BenchRun): Promise<Section> {
  const world = small ? little : whole;
  const [withHolders, without] = await Promise.all([
    live({ ...world, holders: 3 }, say),
    live({ ...world, holders: 0 }, say),
  ]);
  requireSafe(withHolders);
  requireSafe(without);
  const drawn = drawPicture({ withHolders, without });
  // What a small world shows is not what the README tells of.
  if (!small) writeFileSync(resolve(picture), drawn);
  return { lines: compared(withHolders, without), how: told(withHolders, without) };
}

function live(options: WorldOptions, say: (text: string) => void): Promise<WorldAccount> {
  const name = options.holders > 0 ? 'with holders' : 'without';
  const child = spawn(process.execPath, ['--max-old-space-size=8192', program, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => {
    say(`holders, ${name}: ${chunk.toString().trim()}`);
  });
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('close', (code) => {
      if (code === 0) done(JSON.parse(Buffer.concat(output).toString()) as WorldAccount);
      else failed(new Error(`The world ${name} ended with ${String(code)}.`));
    });
  });
}

/** Every letter arrived once, or its sender was told. */
function requireSafe({ fates, letters, options }: WorldAccount): void {
  const safe = (fates.delivered ?? 0) + (fates.reported ?? 0) + (fates['delivered-and-reported'] ?? 0);
  if (safe !== letters)
    throw new Error(
      `With ${String(options.holders)} holders ${String(letters - safe)} of ${String(letters)} letters were lost, doubled or left: ${JSON.stringify(fates)}`,
    );
}

function compared(ours: WorldAccount, theirs: WorldAccount): Measured[] {
  const times = [0.5, 0.9].map((share): Measured => ({
    name: `hours until ${String(share * 100)} of 100 letters are there, with and without holders`,
    unit: 'h',
    ours: minutesFor(ours, share) / HOUR,
    theirs: minutesFor(theirs, share) / HOUR,
    better: 'less',
  }));
  const within: Measured = {
    name: 'letters that arrive within an hour',
    unit: '%',
    ours: 100 * shareWithin(ours, HOUR),
    theirs: 100 * shareWithin(theirs, HOUR),
    better: 'more',
  };
  return [within, ...times];
}

function told(withHolders: WorldAccount, without: WorldAccount): string[] {
  const busiest = [...withHolders.storage].sort((a, b) => b.mean - a.mean)[0];
  const { options } = withHolders;
  return [
    `holders: ${String(options.people)} people, seed «${options.seed}», ${(withHolders.onlineShare * 100).toFixed(1)} % online, ${String(withHolders.agreements)} agreements, ${String(options.malicious * 100)} % malicious.`,
    ...[withHolders, without].map(tellOne),
    `  kept by one person at the busiest time: ${kilobytes(busiest?.mean)} on average, ${kilobytes(busiest?.p99)} for 99 of 100, ${kilobytes(Math.max(...withHolders.storage.map(({ max }) => max)))} at most ever.`,
  ];
}

function tellOne(account: WorldAccount): string {
  const percentiles = [0.1, 0.5, 0.9, 0.99, 1]
    .map((share) => `p${String(share * 100)} ${hours(minutesFor(account, share))}`)
    .join(', ');
  const { daily } = account;
  return [
    `  ${account.options.holders > 0 ? 'with' : 'without'}: ${String(account.letters)} letters: ${JSON.stringify(account.fates)}; ${percentiles};`,
    `${String(account.crashes)} crashes, ${String(account.brokenConnections)} connections broken within a transfer, ${String(account.days)} days;`,
    `a person and day: ${daily.dials.toFixed(1)} dials, ${daily.connections.toFixed(1)} connections, ${daily.queueRuns.toFixed(1)} ETRN; ${(account.wallSeconds / 60).toFixed(1)} min of ours.`,
  ].join(' ');
}

function hours(minutes: number): string {
  if (!Number.isFinite(minutes)) return 'never';
  return minutes < HOUR ? `${minutes.toFixed(1)} min` : `${(minutes / HOUR).toFixed(1)} h`;
}

const kilobytes = (octets = 0): string => `${(octets / 1_000).toFixed(0)} kB`;
