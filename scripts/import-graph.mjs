/**
 * Reads who imports whom: `import`, `export … from`, `import()`, `require()` and `import('…')` in types, in every
 * source file of some folders. Types count: a type from another room is knowledge of that room.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, posix } from 'node:path';
import { parseSync } from 'oxc-parser';

const source = /\.(?:ts|tsx|mts|cts|js|mjs|cjs)$/u;
const builtin = new Set(builtinModules);
const endings = ['', '.ts', '.tsx', '.mts', '.d.ts', '.mjs', '.cjs', '.js', '/index.ts'];

/**
 * @typedef {{request: string, to: string, types: string[]}} Import where `to` is a path from the root of the project,
 *   a module of Node without `node:`, or the request itself when nothing answers to it; `types` holds `type-only`, and
 *   one of `local`, `npm`, `core`, `unresolved`.
 */

/**
 * @param {string} root of the project
 * @param {string[]} folders to read, as paths from the root
 * @returns {Map<string, Import[]>} by file, as a path from the root
 */
export function readImportGraph(root, folders) {
  const files = folders.flatMap((folder) => sourcesIn(root, folder));
  return new Map(files.map((file) => [file, importsOf(root, file)]));
}

/** Source files below a folder, as paths from the root. */
export function sourcesIn(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sourcesIn(root, path);
    return source.test(entry.name) ? [path] : [];
  });
}

function importsOf(root, file) {
  const text = readFileSync(join(root, file), 'utf8');
  const { module, program, errors } = parse(file, text);
  if (errors.length > 0) throw new Error(`${file} cannot be read: ${errors[0].message}`);
  const rare = /\b(?:require|import)\s*\(|import\s+\w+\s*=/u.test(text) ? rareRequests(program) : [];
  return unique([...staticRequests(module), ...rare]).map(({ request, typeOnly }) => {
    const { to, type } = resolve(root, file, request);
    return { request, to, types: typeOnly ? [type, 'type-only'] : [type] };
  });
}

function parse(file, text) {
  const { module, program, errors } = parseSync(file, text);
  return { module, errors, program: () => program };
}

/** `import {}` without names runs the other file, so it is no type. */
function staticRequests({ staticImports, staticExports }) {
  const imports = staticImports.map(({ moduleRequest, entries }) => ({
    request: moduleRequest.value,
    typeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
  }));
  const exports = staticExports
    .flatMap(({ entries }) => entries)
    .filter(({ moduleRequest }) => moduleRequest !== null)
    .map(({ moduleRequest, isType }) => ({ request: moduleRequest.value, typeOnly: isType }));
  return [...imports, ...exports];
}

/** What only the tree shows: `import()`, `require()`, `import x = require()`, `import('…')` as a type. */
function rareRequests(program) {
  const found = [];
  walk(program(), (node) => {
    const named = requestIn(node);
    if (named?.type === 'Literal' && typeof named.value === 'string')
      found.push({ request: named.value, typeOnly: node.type === 'TSImportType' });
  });
  return found;
}

function requestIn(node) {
  if (node.type === 'ImportExpression' || node.type === 'TSImportType') return node.source;
  if (node.type === 'TSExternalModuleReference') return node.expression;
  return node.type === 'CallExpression' && node.callee.name === 'require' ? node.arguments[0] : undefined;
}

/** Calls `visit` with every node of a tree. */
export function walk(node, visit) {
  if (Array.isArray(node)) node.forEach((part) => walk(part, visit));
  else if (typeof node?.type === 'string') {
    visit(node);
    Object.values(node).forEach((part) => typeof part === 'object' && walk(part, visit));
  }
}

/** One entry for each thing that is asked for; it is a type only when every mention says so. */
function unique(requests) {
  const byName = new Map();
  for (const { request, typeOnly } of requests)
    byName.set(request, { request, typeOnly: typeOnly && (byName.get(request)?.typeOnly ?? true) });
  return [...byName.values()];
}

function resolve(root, file, request) {
  const name = request.replace(/^node:/u, '').split('?')[0];
  if (request.startsWith('.')) return local(root, posix.join(dirname(file), name)) ?? unresolved(request);
  if (request.startsWith('node:') || builtin.has(name)) return { to: name, type: 'core' };
  const [scope, rest] = name.split('/');
  const library = request.startsWith('@') ? `${scope}/${rest}` : scope;
  const folders = [`node_modules/${library}`, `node_modules/@types/${library}`];
  const folder = folders.find((path) => existsSync(join(root, path, 'package.json')));
  return folder === undefined
    ? unresolved(request)
    : { to: `${folder}/${name.slice(library.length + 1)}`, type: 'npm' };
}

function local(root, path) {
  const bare = path.replace(/\.js$/u, '');
  const tried = [path, bare].flatMap((stem) => endings.map((ending) => `${stem}${ending}`));
  const to = tried.find((candidate) => /\.\w+$/u.test(candidate) && existsSync(join(root, candidate)));
  return to === undefined ? undefined : { to, type: 'local' };
}

function unresolved(request) {
  return { to: request, type: 'unresolved' };
}
