import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { electronProgram } from '../harness/window/electron-program';
import { testPassphrase } from '../harness/people/first-run';
import { KillableCommand } from '../harness/process/killable-command';
import { privateDisplay } from '../harness/window/private-display';
import { controlPathOf } from '../harness/tor/tor-control';
import { temporaryFolder, type TemporaryFolder } from '../harness/process/temporary-folder';

/** However a command is killed, nothing of it runs ten seconds later: no tor, no display, no core, no window. */
const LIMIT_MS = 10_000;

let folder: TemporaryFolder;
let started: KillableCommand[];
beforeEach(() => {
  folder = temporaryFolder('orphans');
  started = [];
});
afterEach(() => {
  for (const command of started) command.end();
  folder.remove();
});

function start(...parameters: Parameters<typeof KillableCommand.start>): KillableCommand {
  const command = KillableCommand.start(...parameters);
  started.push(command);
  return command;
}

/** When a command is killed: as soon as there is a tor, or once it is in use. */
const moments = { starting: () => Promise.resolve(), running: torIsInUse } as const;

/** Resolves when both have their control connections to tor: the core and the supervisor. */
async function torIsInUse(profile: string): Promise<void> {
  await expect
    .poll(() => {
      const path = controlPathOf(profile);
      // State, inode, path: 03 is connected, and the path that of tor's side.
      const lines = readFileSync('/proc/net/unix', 'utf8').split('\n');
      return lines.filter((line) => /^\S+ \S+ \S+ \S+ \S+ 03 +\d+ (.+)$/u.exec(line)?.[1] === path).length;
    })
    .toBeGreaterThanOrEqual(2);
}

const keysOf = <T extends object>(record: T): (keyof T)[] => Object.keys(record) as (keyof T)[];

async function isGoneAfterKilling(command: KillableCommand, victim: string): Promise<void> {
  command.kill(victim);
  expect(await command.leftAfter(LIMIT_MS)).toEqual([]);
}

describe.each(keysOf(moments))('the headless program, tor %s,', (moment) => {
  it.each(['npm run headless', 'scripts/headless.mjs', 'entry-headless.cjs'])('killed at %s', async (victim) => {
    const profile = `${folder.path}/profile`;
    const command = start(['npm', 'run', 'headless', '--', '--profile', profile, '--create'], {
      input: `${testPassphrase}\n`,
    });
    await command.runs({ 'entry-headless.cjs': 1, __OwningControllerProcess: 1 });
    await moments[moment](profile);
    await isGoneAfterKilling(command, victim);
  });
});

describe.each(keysOf(moments))('the window, tor %s,', (moment) => {
  it.each(['npm start', 'scripts/start.mjs', 'Electron'])('killed at %s', async (victim) => {
    const display = await privateDisplay();
    onTestFinished(() => display.stop());
    const profile = `${folder.path}/profile`;
    const command = start(['npm', 'start', '--', '--profile', profile], { env: { DISPLAY: display.name } });
    await command.runs({ '--type=utility': 1, '--type=renderer': 1, __OwningControllerProcess: 1 });
    await moments[moment](profile);
    await isGoneAfterKilling(command, victim === 'Electron' ? `/${basename(await electronProgram())} ` : victim);
  });
});

describe('the demo', () => {
  it.each(['scripts/demo.mjs', 'dist/e2e/demo.cjs'])('killed at %s', async (victim) => {
    const command = start(['npm', 'run', 'demo', '--', '--auto'], { env: { DISPLAY: '', WAYLAND_DISPLAY: '' } });
    // Five of the private network, and one of each window.
    await command.runs({ __OwningControllerProcess: 7, '--type=renderer': 2, Xvfb: 1 });
    await isGoneAfterKilling(command, victim);
  });
});

describe('a test run', () => {
  it.each(['scripts/test.mjs', 'playwright/cli.js'])('killed at %s', async (victim) => {
    const spec = ['--only', 'e2e', 'e2e/specs/network-silence.spec.ts'];
    const command = start(['npm', 'test', '--', ...spec], { env: { POSTHORN_TEST_RESULTS: folder.path } });
    await command.runs({ __OwningControllerProcess: 6, '--type=renderer': 1, Xvfb: 2 });
    await isGoneAfterKilling(command, victim);
  });
});
