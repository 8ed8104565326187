/** Runs projects of Vitest as a check. */
import { join } from 'node:path';
import { root } from '../terminal.mjs';
import { dropReport, readReport, reportFile, reportName } from './reports.mjs';

const program = join(root, 'node_modules/vitest/vitest.mjs');
const reporter = join(root, 'scripts/test/vitest-reporter.mjs');

/**
 * @param {string} group its projects in `.config/vitest.config.ts` have names that begin with it
 * @returns {(context: import('./run-stage.mjs').Context) => Promise<import('./run-stage.mjs').Counts>}
 */
export function vitest(group) {
  return async ({ env, run, paths, shard }) => {
    dropReport(group);
    const args = ['run', '--config', '.config/vitest.config.ts', '--project', `${group}*`, '--reporter', reporter];
    // One file shows each test; of all files a line each is enough.
    args.push('--reporter', paths.length > 0 ? 'verbose' : 'default');
    if (shard !== undefined) args.push('--passWithNoTests', '--shard', `${shard.index}/${shard.count}`);
    const reporting = { ...env, [reportName]: reportFile(group) };
    const { code } = await run(process.execPath, [program, ...args, ...paths], { env: reporting });
    return readReport(group, code);
  };
}
