/** What the linter cannot say of the sources: columns, sizes of folders and ports, where test helpers lie, … */
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseSync } from 'oxc-parser';
import { sourcesIn, walk } from './import-graph.mjs';
import { portSizes } from './port-sizes.mjs';

const test = /\.test\.tsx?$/u;
/** Elsewhere a command or an action may be named `test-…`, and what processes agree on is a contract in `shared/`. */
const helper = /^electron\/(?:core|supervise)\/(?:.*\/)?(?:test-[a-z-]+|[a-z-]+-contract)\.ts$/u;
const programs = /^(?:shared|electron|renderer|e2e|bench|fuzz)\//u;
const directive =
  /^[\s*]*(?:(?:eslint|oxlint|tslint|jshint|biome|prettier|oxfmt|dprint)-|eslint\s|globals?\s)|@ts-(?:ignore|nocheck|expect-error)|\b(?:c8|v8|istanbul) ignore/u;
const literals = new Set(['Literal', 'TemplateLiteral', 'JSXText']);

/**
 * @param {string} root of the project
 * @param {{folders: string[], limits: object, standing: object}} options `folders` are those to read
 * @returns {string[]} one line for each thing that is refused, each beginning with the path
 */
export function refusedStructure(root, { folders, limits, standing }) {
  const files = folders.flatMap((folder) => sourcesIn(root, folder)).filter((file) => !/\.d\.m?ts$/u.test(file));
  const found = {
    folders: largeFolders(files, limits.filesInFolder),
    ports: largePorts(root, files, limits.membersOfPort),
    helpersBesideSources: files
      .filter((file) => helper.test(file) && !file.includes('/testing/'))
      .map((file) => [file, 'what is there for tests lies in a folder `testing/`']),
  };
  return [
    ...Object.keys(found).flatMap((kind) => withoutStanding(found[kind], standing[kind], kind)),
    ...files.flatMap((file) => refusedText(file, readFileSync(join(root, file), 'utf8'), limits.columns)),
  ];
}

/** What stands today is let through; what stands no more has to leave the list. */
function withoutStanding(found, standing, kind) {
  const names = found.map(([name]) => name);
  return [
    ...found.filter(([name]) => !standing.includes(name)).map(([name, why]) => `${name}: ${why}`),
    ...standing
      .filter((name) => !names.includes(name))
      .map((name) => `${name}: breaks no rule any more; take it off \`${kind}\` in .config/structure.mjs`),
  ];
}

function largeFolders(files, most) {
  const counts = new Map();
  for (const file of files) {
    if (!programs.test(file) || test.test(file) || file.includes('/testing/')) continue;
    counts.set(posix.dirname(file), (counts.get(posix.dirname(file)) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > most)
    .map(([folder, count]) => [folder, `${count} source files, at most ${most}`]);
}

function largePorts(root, files, most) {
  const ports = files.filter((file) => file.startsWith('electron/core/ports/') && !test.test(file));
  return portSizes(root, ports)
    .filter(({ members }) => members > most)
    .map(({ file, type, members }) => [`${file} ${type}`, `${members} members, at most ${most}`]);
}

function refusedText(file, text, columns) {
  const suspect = text.split('\n').some((line) => columnsOf(line) > columns);
  if (!suspect && !/enum|export\s*\*|eslint|oxlint|-ignore|@ts-| ignore|globals?\s/u.test(text)) return [];
  const { program, comments, errors } = parseSync(file, text);
  if (errors.length > 0) return [`${file}: cannot be read: ${errors[0].message}`];
  return [
    ...refusedNodes(program, programs.test(file)),
    ...comments.filter(({ value }) => directive.test(value)).map(() => 'a comment that turns a check off'),
    ...longLines(text, { program, comments, columns }),
  ].map((why) => `${file}: ${why}`);
}

function refusedNodes(program, isProgram) {
  const found = [];
  walk(program, (node) => {
    if (node.type === 'TSEnumDeclaration') found.push('an enum; use a union of literals');
    if (node.type === 'ExportAllDeclaration' && isProgram) found.push('`export *`; import from the file that has it');
  });
  return found;
}

/** Lines that are too long without their literals, or without their URLs where they are comments. */
function longLines(text, { program, comments, columns }) {
  const bare = blank(text, spansThatMayStand(text, { program, comments }));
  return bare
    .split('\n')
    .map((line, index) => [columnsOf(line), index + 1])
    .filter(([length]) => length > columns)
    .map(([length, line]) => `line ${line} has more than ${columns} columns (${length} without literals)`);
}

function spansThatMayStand(text, { program, comments }) {
  const spans = [];
  walk(program, (node) => {
    if (literals.has(node.type)) spans.push([node.start, node.end]);
  });
  for (const { start, end } of comments)
    for (const url of text.slice(start, end).matchAll(/https?:\/\/\S+/gu))
      spans.push([start + url.index, start + url.index + url[0].length]);
  return spans.sort(([one], [other]) => one - other);
}

/** Letters count, not the halves that JavaScript makes of some. */
function columnsOf(line) {
  return Array.from(line).length;
}

/** The text without some spans; ends of lines within them stay. */
function blank(text, spans) {
  let at = 0;
  let rest = '';
  for (const [start, end] of spans) {
    if (end <= at) continue;
    rest += text.slice(at, Math.max(at, start)) + text.slice(Math.max(at, start), end).replace(/[^\n]/gu, '');
    at = end;
  }
  return rest + text.slice(at);
}
