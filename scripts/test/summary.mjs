/** What a test run says at its end. */
import { elapsed } from '../terminal.mjs';

const mostCostly = 20;

/**
 * Prints each check with its time, the tests that cost most, and the last line `N passed, N failed`.
 * @param {import('./run-stage.mjs').Result[]} results
 * @param {number} started ms since the epoch
 * @returns {number} exit status
 */
export function summarise(results, started) {
  const sum = (key) => results.reduce((total, result) => total + (result[key] ?? 0), 0);
  const lines = ['', ...costs(results), ...results.map(resultLine), '', `all in ${elapsed(started)}`];
  process.stdout.write(`${lines.join('\n')}\n${sum('passed')} passed, ${sum('failed')} failed\n`);
  return sum('failed') === 0 ? 0 : 1;
}

function resultLine({ name, passed, failed, skipped, time }) {
  const state = failed > 0 ? 'FAILED' : 'ok    ';
  const more = skipped ? `, ${skipped} skipped` : '';
  return `${state} ${name.padEnd(24)} ${passed} passed, ${failed} failed${more} (${time})`;
}

function costs(results) {
  const tests = results.flatMap(({ tests: each = [] }) => each);
  if (tests.length <= 1) return [];
  const worst = tests.sort((a, b) => b.seconds - a.seconds).slice(0, mostCostly);
  const lines = worst.map(({ file, name, seconds }) => `${seconds.toFixed(1).padStart(7)} s  ${file}  ${name}`);
  return [`The ${worst.length} tests that cost most, of ${tests.length}:`, ...lines, ''];
}
