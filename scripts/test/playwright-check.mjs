/** Runs the end-to-end tests with Playwright as a check. */
import { join } from 'node:path';
import { root } from '../terminal.mjs';
import { startXvfb } from '../xvfb.mjs';
import { dropReport, readReport, reportFile, reportName } from './reports.mjs';

const program = join(root, 'node_modules/playwright/cli.js');
/** Specs that run at the same time, each on a display of its own. */
const displayCount = 2;

/** @type {(context: import('./run-stage.mjs').Context) => Promise<import('./run-stage.mjs').Counts>} */
export async function playwright({ env, run, paths, shard }) {
  dropReport('e2e');
  const args = [program, 'test', '-c', '.config/playwright.config.ts'];
  if (shard !== undefined) args.push('--pass-with-no-tests', `--shard=${shard.index}/${shard.count}`);
  const reporting = { ...env, [reportName]: reportFile('e2e') };
  const { code } = await withDisplays(displayCount, (displays) =>
    run(process.execPath, [...args, ...paths.map(asPattern)], { env: { ...reporting, ...displays } }),
  );
  return readReport('e2e', code);
}

/** Playwright takes regular expressions. */
function asPattern(path) {
  return path.replaceAll(/[.+*?^$()[\]{}|\\]/gu, '\\$&');
}

/**
 * Runs `action` with an environment that has a display for each worker of Playwright. Other systems than Linux have one
 * screen, and one worker.
 */
async function withDisplays(count, action) {
  if (process.platform !== 'linux') return action({});
  const screens = await Promise.all(Array.from({ length: count }, () => startXvfb()));
  const names = screens.map(({ display }) => display);
  try {
    return await action({ DISPLAY: names[0], POSTHORN_TEST_DISPLAYS: names.join(' '), XDG_SESSION_TYPE: 'x11' });
  } finally {
    await Promise.all(screens.map((screen) => screen.stop()));
  }
}
