/** The files in which reporters leave the counts and costs of a run for the runner. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../terminal.mjs';

/** The environment variable by which a reporter learns where to write. */
export const reportName = 'POSTHORN_TEST_REPORT';

/** The report of a group. A run within a run has a folder of its own. */
export function reportFile(group) {
  return join(process.env.POSTHORN_TEST_RESULTS ?? join(root, 'test-results'), `${group}.json`);
}

/**
 * Writes the counts of a run.
 * @param {import('./run-stage.mjs').Counts} counts
 */
export function writeReport(counts) {
  const file = process.env[reportName];
  if (file === undefined) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(counts));
}

/** Forgets the report of an earlier run. */
export function dropReport(group) {
  rmSync(reportFile(group), { force: true });
}

/**
 * The counts of a run that has ended. One that ended badly without naming a failed test, or that left no report,
 * counts as one failure.
 * @param {string} group
 * @param {number} code exit status of the test program
 * @returns {import('./run-stage.mjs').Counts}
 */
export function readReport(group, code) {
  const counts = reported(group);
  return { ...counts, failed: counts.failed === 0 && code !== 0 ? 1 : counts.failed };
}

function reported(group) {
  try {
    return JSON.parse(readFileSync(reportFile(group), 'utf8'));
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return { passed: 0, failed: 1 };
  }
}
