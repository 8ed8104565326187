import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright';
import { DebuggedWindow } from '../../e2e/harness/debugged-window';
import { electronArguments, electronProgram } from '../../e2e/harness/electron-program';
import { processTree, programOf, proportionalSetSize } from '../../e2e/harness/process-tree';
import { median, type Section } from '../report/report';
import { writeEmptyProgram } from './empty-program';

const ROUNDS = 7;
/** Until nothing moves any more and the memory can be looked at. */
const SETTLE_MS = 4_000;

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
export async function benchStart(say: (text: string) => void): Promise<Section> {
  const scratch = mkdtempSync(join(tmpdir(), 'posthorn-start-'));
  const empty = join(scratch, 'empty');
  writeEmptyProgram(empty);
  try {
    const rounds: { ours: Start; theirs: Start }[] = [];
    // The first round fills the disk cache and is not counted.
    for (let round = 0; round <= ROUNDS; round += 1) {
      const withMemory = round === 1;
      const ours = await start({
        application: resolve('.'),
        profile: join(scratch, `ours-${round}`),
        usable: '[data-testid="welcome-passphrase-form"]',
        withMemory,
      });
      const theirs = await start({
        application: empty,
        profile: join(scratch, `empty-${round}`),
        usable: 'p',
        withMemory,
      });
      say(
        `start, round ${round}: ${ours.paintMs.toFixed(0)} ms, form after ${ours.usableMs.toFixed(0)} ms; empty window ${theirs.paintMs.toFixed(0)} ms`,
      );
      if (round > 0) rounds.push({ ours, theirs });
    }
    return summary(rounds);
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

type Application = {
  readonly application: string;
  readonly profile: string;
  readonly usable: string;
  readonly withMemory: boolean;
};

async function start({ application, profile, usable, withMemory }: Application): Promise<Start> {
  const window = await DebuggedWindow.start({
    executable: await electronProgram(),
    args: [...electronArguments(), application, '--profile', profile],
    env: { POSTHORN_TEST_TORRC: JSON.stringify(nowhere) },
  });
  try {
    const [paint, form] = await Promise.all([firstContentfulPaint(window.page), shown(window.page, usable)]);
    if (withMemory) await sleep(SETTLE_MS);
    const memory = withMemory ? memoryOf(window.pid) : { memoryMib: 0, torMib: 0 };
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

function memoryOf(pid: number): { memoryMib: number; torMib: number } {
  const sum = (pids: readonly number[]): number =>
    pids.reduce((total, one) => total + proportionalSetSize(one), 0) / 1024;
  const all = processTree(pid);
  return { memoryMib: sum(all), torMib: sum(all.filter((one) => programOf(one)?.endsWith('/tor'))) };
}

function summary(rounds: readonly { ours: Start; theirs: Start }[]): Section {
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
      `start: the built clone with a new profile against a page that says hello, same Electron, in turns, median of ${ROUNDS} rounds, disk cache`,
      '  warm; from asking for the process to first-contentful-paint as the page reports it, with a debugger attached to both. Memory is',
      `  the proportional set size of window, core, tor and Chromium's processes ${SETTLE_MS / 1000} s after that, once.`,
    ],
  };
}
