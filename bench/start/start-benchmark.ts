import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright';
import { DebuggedWindow } from '../../e2e/harness/window/debugged-window';
import { electronArguments, electronProgram } from '../../e2e/harness/window/electron-program';
import { processTree, programOf, proportionalSetSize } from '../../e2e/harness/process/process-tree';
import type { BenchRun } from '../report/bench-run';
import { median, type Section } from '../report/report';
import { writeEmptyProgram } from './empty-program';

/** `settleMs`: until nothing moves any more and the memory can be looked at. */
type Amount = { readonly rounds: number; readonly settleMs: number };
const whole: Amount = { rounds: 7, settleMs: 4_000 };
const little: Amount = { rounds: 1, settleMs: 100 };

type Start = {
  readonly paintMs: number;
  readonly usableMs: number;
  readonly memoryMib: number;
  readonly torMib: number;
};

/** No directory authority is at this address: the measured tor reaches nobody. */
const nowhere = [
  'DirAuthority nowhere orport=9 no-v2 v3ident=0000000000000000000000000000000000000001 127.0.0.1:9 0000000000000000000000000000000000000002',
];

/** Cold start to first paint, and memory at rest: Posthorn's first run against an empty Electron window. */
export async function benchStart({ say, small }: BenchRun): Promise<Section> {
  const amount = small ? little : whole;
  const scratch = mkdtempSync(join(tmpdir(), 'posthorn-start-'));
  const empty = join(scratch, 'empty');
  writeEmptyProgram(empty);
  try {
    const rounds: { ours: Start; theirs: Start }[] = [];
    // The first round fills the disk cache and is not counted.
    for (let round = 0; round <= amount.rounds; round += 1) {
      const settleMs = round === 1 ? amount.settleMs : undefined;
      const ours = await start({
        application: resolve('.'),
        profile: join(scratch, `ours-${round}`),
        usable: '[data-testid="welcome-passphrase-form"]',
        settleMs,
      });
      const theirs = await start({
        application: empty,
        profile: join(scratch, `empty-${round}`),
        usable: 'p',
        settleMs,
      });
      say(
        `start, round ${round}: ${ours.paintMs.toFixed(0)} ms, form after ${ours.usableMs.toFixed(0)} ms; empty window ${theirs.paintMs.toFixed(0)} ms`,
      );
      if (round > 0) rounds.push({ ours, theirs });
    }
    return summary(rounds, amount);
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

type Application = {
  readonly application: string;
  readonly profile: string;
  readonly usable: string;
  /** Without it memory is not looked at. */
  readonly settleMs: number | undefined;
};

async function start({ application, profile, usable, settleMs }: Application): Promise<Start> {
  const window = await DebuggedWindow.start({
    executable: await electronProgram(),
    args: [...electronArguments(), application, '--profile', profile],
    env: { POSTHORN_TEST_TORRC: JSON.stringify(nowhere) },
  });
  try {
    const [paint, form] = await Promise.all([firstContentfulPaint(window.page), shown(window.page, usable)]);
    const memory = settleMs === undefined ? { memoryMib: 0, torMib: 0 } : await memoryAfter(settleMs, window.pid);
    await window.close();
    return { paintMs: paint - window.startedAt, usableMs: Math.max(form, paint) - window.startedAt, ...memory };
  } finally {
    await window.kill();
  }
}

/** The page's own report, as milliseconds since 1970. */
function firstContentfulPaint(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((done) => {
        const observer = new PerformanceObserver((list) => {
          const entry = list.getEntriesByName('first-contentful-paint')[0];
          if (entry === undefined) return;
          observer.disconnect();
          done(performance.timeOrigin + entry.startTime);
        });
        observer.observe({ type: 'paint', buffered: true });
      }),
  );
}

/**
 * When an element was seen in a frame, as milliseconds since 1970; late by at most the time until the debugger was
 * attached.
 */
function shown(page: Page, selector: string): Promise<number> {
  return page.evaluate(
    (wanted) =>
      new Promise<number>((done) => {
        const look = (): void => {
          if (document.querySelector(wanted) === null) requestAnimationFrame(look);
          else done(performance.timeOrigin + performance.now());
        };
        look();
      }),
    selector,
  );
}

async function memoryAfter(milliseconds: number, pid: number): Promise<{ memoryMib: number; torMib: number }> {
  await sleep(milliseconds);
  return memoryOf(pid);
}

function memoryOf(pid: number): { memoryMib: number; torMib: number } {
  const sum = (pids: readonly number[]): number =>
    pids.reduce((total, one) => total + proportionalSetSize(one), 0) / 1024;
  const all = processTree(pid);
  return { memoryMib: sum(all), torMib: sum(all.filter((one) => programOf(one)?.endsWith('/tor'))) };
}

function summary(rounds: readonly { ours: Start; theirs: Start }[], amount: Amount): Section {
  const middle = (of: 'ours' | 'theirs', key: keyof Start): number => median(rounds.map((round) => round[of][key]));
  const { memoryMib, torMib } = rounds[0]?.ours ?? { memoryMib: Number.NaN, torMib: Number.NaN };
  const theirMemory = rounds[0]?.theirs.memoryMib ?? Number.NaN;
  const theirPaint = middle('theirs', 'paintMs');
  return {
    lines: [
      { name: 'start to first paint', unit: 'ms', ours: middle('ours', 'paintMs'), theirs: theirPaint, better: 'less' },
      {
        name: 'start to the first form / first paint',
        unit: 'ms',
        ours: middle('ours', 'usableMs'),
        theirs: theirPaint,
        better: 'less',
      },
      { name: 'memory at rest, all processes', unit: 'MiB', ours: memoryMib, theirs: theirMemory, better: 'less' },
      {
        name: 'memory at rest, without tor',
        unit: 'MiB',
        ours: memoryMib - torMib,
        theirs: theirMemory,
        better: 'less',
      },
    ],
    how: [
      `start: the built clone with a new profile against a page that says hello, same Electron, in turns, median of ${amount.rounds} rounds, disk cache`,
      '  warm; from asking for the process to first-contentful-paint as the page reports it, with a debugger attached to both. Memory is',
      `  the proportional set size of window, core, tor and Chromium's processes ${amount.settleMs / 1000} s after that, once.`,
    ],
  };
}
