/** Runs the checks of one stage and sees what they leave behind. */
import { endMarked, leftAfter } from '../marked-processes.mjs';
import { elapsed, say } from '../terminal.mjs';
import { leftoverGraceMs } from './limits.mjs';
import { runWatched } from './run-watched.mjs';

/**
 * @typedef {{file: string, name: string, seconds: number}} Cost
 * @typedef {{passed: number, failed: number, skipped?: number, tests?: Cost[]}} Counts
 * @typedef {(command: string, args: string[], options?: {env?: NodeJS.ProcessEnv, quiet?: boolean}) =>
 *   Promise<{code: number, output: string, hung: boolean}>} Run `quiet`: its output is not shown
 * @typedef {{env: NodeJS.ProcessEnv, run: Run, say: (line: string) => void, paths: string[], shard?: string}} Context
 * @typedef {{group: string, name: string, check: (context: Context) => Promise<Counts>}} Check
 * @typedef {Counts & {name: string, time: string}} Result
 */

/**
 * Runs the lanes of a stage side by side, the checks of a lane in order. What the lanes after the first print is held
 * back until the stage is over.
 * @param {Check[][]} lanes
 * @param {{env: NodeJS.ProcessEnv, mark: string, paths: string[], shard?: string, leftoverMs?: number}} options
 *   `leftoverMs`: how long what a check has started may need to end after it
 * @returns {Promise<Result[]>}
 */
export async function runStage(lanes, options) {
  const held = lanes.slice(1).map(() => []);
  const running = lanes.map((lane, at) => runLane(lane, { ...options, show: at === 0 ? print : hold(held[at - 1]) }));
  const results = (await Promise.all(running)).flat();
  for (const text of held.flat()) print(text);
  return results;
}

const print = (text) => void process.stdout.write(text);
const hold = (texts) => (text) => void texts.push(text);

async function runLane(lane, options) {
  const results = [];
  for (const check of lane) results.push(await runCheck(check, options));
  return results;
}

/** A check that cannot even start has failed; the others still run. */
async function runCheck({ name, check }, { env, mark, show, leftoverMs = leftoverGraceMs, ...chosen }) {
  const started = Date.now();
  const ownMark = `${mark}/${name.replaceAll(/[^a-z]+/gu, '-')}`;
  let graceMs = leftoverMs;
  const run = async (command, args, options = {}) => {
    const shown = options.quiet ? () => undefined : show;
    const ended = await runWatched(command, args, { env: options.env ?? env, mark: ownMark, show: shown });
    // Who was killed has told nobody to end.
    if (ended.code > 128) graceMs = 0;
    return ended;
  };
  const line = (text) => show(`${text}\n`);
  line(`── ${name} ──`);
  const counts = await check({ env, run, say: line, ...chosen }).catch((error) => {
    line(`${name}: ${error.message}`);
    return { passed: 0, failed: 1 };
  });
  const left = await leftovers(ownMark, { graceMs, line });
  return { name, ...counts, failed: counts.failed + left, time: elapsed(started) };
}

/** Names and ends what still runs, and counts it. */
async function leftovers(mark, { graceMs, line }) {
  const left = await leftAfter(mark, graceMs);
  for (const { pid, name } of left) line(`LEFT RUNNING: ${name} (process ${pid})`);
  await endMarked(mark);
  return left.length;
}

/** A check that is passed or failed as a whole. @returns {Counts} */
export function outcome(isGood) {
  return isGood ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Warns that something of a check is not done on this machine. @returns {Counts} */
export function leftOut(reason) {
  say(reason);
  return { passed: 0, failed: 0, skipped: 1 };
}
