import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { endMarked, markedProcesses } from '../marked-processes.mjs';
import { runStage } from './run-stage.mjs';
import { runWatched } from './run-watched.mjs';

/** Starts a program that leaves the process group, and says so. */
const startEscaped = `
  const { spawn } = require('node:child_process');
  spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' }).unref();
  console.log('started');
`;

/** A program starts and prints well within it, on a busy machine too. */
const silenceMs = 3000;

let mark;
let shown;
beforeEach(() => {
  mark = `test-${randomUUID()}`;
  shown = '';
});
afterEach(() => endMarked(mark));

const show = (text) => (shown += text);

it('lets a program run for as long as it prints', async () => {
  const program = `let left = 8; setInterval(() => (left-- > 0 ? console.log(left) : process.exit(3)), ${silenceMs / 6})`;
  const ended = await runWatched(process.execPath, ['-e', program], { env: process.env, mark, show, silenceMs });
  expect(ended).toMatchObject({ code: 3, hung: false });
  expect(shown).toContain('7\n6\n5');
});

it('ends a program that hangs, and what had left its process group', async () => {
  const program = `${startEscaped} process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)`;
  const options = { env: process.env, mark, show, silenceMs, graceMs: 100 };
  const ended = await runWatched(process.execPath, ['-e', program], options);
  expect(ended).toMatchObject({ hung: true, output: 'started\n' });
  await expect.poll(() => markedProcesses(mark)).toEqual([]);
});

it('counts what a check leaves running as a failure, names and ends it', async () => {
  const check = async ({ run }) => {
    await run(process.execPath, ['-e', startEscaped], { quiet: true });
    return { passed: 1, failed: 0 };
  };
  const lanes = [[], [{ group: 'unit', name: 'untidy', check }]];
  const [result] = await runStage(lanes, { env: process.env, mark, paths: [], leftoverMs: 100 });
  expect(result).toMatchObject({ name: 'untidy', passed: 1, failed: 1 });
  expect(markedProcesses(mark)).toEqual([]);
});
