/** Reads the command line of `npm test`. */
import { existsSync, statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { SetUpError, root } from '../terminal.mjs';

/** What `--only` takes. */
export const groups = ['lint', 'unit', 'integration', 'e2e', 'commands', 'package'];

const withPaths = ['unit', 'integration', 'e2e', 'package'];
const usage = `npm test -- [--only ${groups.join('|')} [PATH…]] [--shard i/n]`;

/**
 * @param {string[]} args
 * @returns {{only?: string, paths: string[], shard?: {index: number, count: number}}} `paths` relative to the project,
 *   with `/`
 * @throws {SetUpError} one line that says what is wrong
 */
export function chosenTests(args) {
  const chosen = { paths: [] };
  const rest = [...args];
  while (rest.length > 0) {
    const arg = rest.shift();
    if (arg === '--only') chosen.only = oneOfGroups(rest.shift());
    else if (arg === '--shard') chosen.shard = shardOf(rest.shift());
    else if (arg.startsWith('-')) throw new SetUpError(`there is no ${arg}: ${usage}`);
    else chosen.paths.push(arg);
  }
  return { ...chosen, paths: chosen.paths.map((path) => testFile(path, chosen.only)) };
}

function oneOfGroups(name) {
  if (!groups.includes(name)) throw new SetUpError(`--only takes one of: ${groups.join(', ')}`);
  return name;
}

function shardOf(text = '') {
  const [, index, count] = /^(\d+)\/(\d+)$/u.exec(text)?.map(Number) ?? [];
  if (index === undefined || index < 1 || index > count)
    throw new SetUpError(`--shard takes i/n, such as 1/3: the first of three shares`);
  return { index, count };
}

/** A path as the person typed it: from where npm was called, or from the project. */
function testFile(path, only) {
  const found = [process.env.INIT_CWD ?? '', root].map((folder) => resolve(folder, path)).find(existsSync);
  if (found === undefined) throw new SetUpError(`there is no file ${path}`);
  const inside = relative(root, found).split(sep).join('/');
  const group = groupOf(inside);
  if (!withPaths.includes(only) || (group !== undefined && group !== only))
    throw new SetUpError(`${inside} is run by: npm test -- --only ${group ?? 'unit'} ${inside}`);
  if (statSync(found).isFile() && !/\.(test\.tsx?|spec\.ts)$/u.test(found))
    throw new SetUpError(`${inside} is no test: their names end with .test.ts, .test.tsx or .spec.ts`);
  return inside;
}

/** The group that a file is tested by; undefined for a folder that may have several. */
function groupOf(path) {
  if (path.startsWith('e2e/specs')) return 'e2e';
  if (path.startsWith('e2e/package')) return 'package';
  if (path.startsWith('e2e/') || path.endsWith('.tornet.test.ts')) return 'integration';
  return path.includes('.test.') ? 'unit' : undefined;
}
