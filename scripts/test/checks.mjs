/** The checks that are no test files: tools, scripts, the build, the package. Each gives `Counts`. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, missingEntries } from '../build.mjs';
import { root } from '../terminal.mjs';
import { withDisplay } from '../xvfb.mjs';
import { leftOut, outcome } from './run-stage.mjs';
import { vitest } from './vitest-check.mjs';

/** A program of node_modules, by the path of its JavaScript file. */
export function tool(path, args) {
  return async ({ run }) =>
    outcome((await run(process.execPath, [join(root, 'node_modules', path), ...args])).code === 0);
}

/** A script of this folder's parent. */
export function script(name, ...args) {
  return async ({ run }) => outcome((await run(process.execPath, [join(root, 'scripts', name), ...args])).code === 0);
}

/** A command as people run it, on a display of its own: it must end well and print what is expected. */
export function command(name, { args = [], prints }) {
  return ({ env, run, say }) =>
    withOwnDisplay(env, async (programs) => {
      const { code, output } = await run(process.execPath, [join(root, 'scripts', name), ...args], { env: programs });
      if (code === 0 && !prints.test(output)) say(`${name} ${args.join(' ')} did not print ${prints}`);
      return outcome(code === 0 && prints.test(output));
    });
}

/** Every program is built, and none of their sources is missing. */
export async function buildAll({ say }) {
  const missing = missingEntries();
  for (const entry of missing) say(`there is no ${entry}`);
  await build();
  return outcome(missing.length === 0);
}

/**
 * The core must run without Electron: the bundle that has all of it starts under Node, and no bundle of it asks for
 * Electron.
 */
export async function coreUnderPlainNode({ run, say }) {
  const bundles = ['core', 'headless'].flatMap((folder) =>
    readdirSync(join(root, 'dist', folder))
      .filter((name) => name.endsWith('.cjs'))
      .map((name) => join(root, 'dist', folder, name)),
  );
  const asking = bundles.filter((file) => /require\(["']electron["']\)/u.test(readFileSync(file, 'utf8')));
  for (const file of asking) say(`${file} asks for electron`);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const program = join(root, 'dist/headless/entry-headless.cjs');
  const { code, output } = await run(process.execPath, [program, '--version'], { quiet: true });
  const answers = code === 0 && output.includes(version);
  if (!answers) say(`entry-headless --version under Node: status ${code}\n${output}`);
  return outcome(asking.length === 0 && answers);
}

/** Makes the package for tests, installs it and tries it. Packages of other systems are tried there. */
export async function packageTest(context) {
  if (process.platform !== 'linux') return leftOut('the package is tried on Linux only');
  const made = await context.run(process.execPath, [join(root, 'scripts/dist.mjs'), '--test-network']);
  if (made.code !== 0) return outcome(false);
  return withOwnDisplay(context.env, (env) => vitest('package')({ ...context, env }));
}

function withOwnDisplay(env, action) {
  const display = ({ DISPLAY }) => action({ ...env, DISPLAY, XDG_SESSION_TYPE: 'x11' });
  return withDisplay(display, { always: process.platform === 'linux' });
}
