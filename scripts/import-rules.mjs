/**
 * Judges imports by a table (.config/import-rules.cjs): what `allowed` does not name is refused, and so is what one of
 * `forbidden` names, though it is allowed. Paths are regular expressions; `$1` in `to` is what the first group of
 * `from.path` matched.
 */
import { posix } from 'node:path';
import { circles } from './circles.mjs';

/**
 * @param {Map<string, import('./import-graph.mjs').Import[]>} graph
 * @param {object} rules the table
 * @returns {string[]} one line for each import that is refused: `file → target: why`
 */
export function refusedImports(graph, { allowed, forbidden, folderCircles }) {
  const refused = [...graph].flatMap(([file, imports]) => {
    const allowing = allowed.filter((rule) => speaksOf(rule.from, file));
    const forbidding = forbidden.filter((rule) => speaksOf(rule.from, file));
    return imports.flatMap((imported) => reasons({ file, imported, allowing, forbidding }));
  });
  return [...refused, ...fileCircles(graph), ...circlesOfFolders(graph, folderCircles)];
}

function reasons({ file, imported, allowing, forbidding }) {
  const line = `${file} → ${imported.to}`;
  const unresolved = imported.types.includes('unresolved') ? [`${line}: nothing is there`] : [];
  const unknown = allowing.some((rule) => reaches(rule, file, imported))
    ? []
    : [`${line}: not in the table of imports`];
  const against = forbidding.filter((rule) => reaches(rule, file, imported)).map(({ name }) => `${line}: ${name}`);
  return [...unresolved, ...unknown, ...against];
}

const matchesAny = (paths, text) => [paths].flat().some((path) => new RegExp(path, 'u').test(text));

function speaksOf({ path, pathNot }, file) {
  return (path === undefined || matchesAny(path, file)) && !(pathNot !== undefined && matchesAny(pathNot, file));
}

function reaches({ from, to }, file, imported) {
  const group = typeof from.path === 'string' ? new RegExp(from.path, 'u').exec(file)?.[1] : undefined;
  const filled = (paths) => paths && [paths].flat().map((path) => path.replaceAll('$1', group ?? '$1'));
  return (
    speaksOf({ path: filled(to.path), pathNot: filled(to.pathNot) }, imported.to) &&
    (to.types === undefined || to.types.some((type) => imported.types.includes(type)))
  );
}

function fileCircles(graph) {
  const arrows = new Map([...graph].map(([file, imports]) => [file, imports.map(({ to }) => to)]));
  return circles(arrows).flatMap((files) =>
    files.map((file) => `${file} → ${arrows.get(file).find((to) => files.includes(to))}: a circle of files`),
  );
}

/** Tests and what is there for them may come from anywhere, and a style sheet knows nobody: they are left out. */
function circlesOfFolders(graph, { except, standing }) {
  const arrows = new Map();
  for (const [file, imports] of graph) for (const { to } of imports) addArrow(arrows, { file, to, except, standing });
  const found = circles(new Map([...arrows].map(([from, targets]) => [from, [...targets.keys()]])));
  const gone = standing.filter((folders) => !stands(graph, { folders, except }));
  return [
    ...found.flatMap((folders) => arrowsWithin(arrows, folders)),
    ...gone.map((folders) => `${folders.join(', ')} →: no circle any more; take it off \`standingCircles\``),
  ];
}

function addArrow(arrows, { file, to, except, standing }) {
  const [from, target] = [posix.dirname(file), posix.dirname(to)];
  const known = standing.some((folders) => folders.includes(from) && folders.includes(target));
  const counts = !/^(?:node_modules|\.$)|\.css$/u.test(to) && !matchesAny(except, file);
  if (from === target || known || !counts) return;
  const targets = arrows.get(from) ?? new Map();
  arrows.set(from, targets.set(target, targets.get(target) ?? `${file} → ${to}`));
}

function arrowsWithin(arrows, folders) {
  return folders.flatMap((from) =>
    [...arrows.get(from)]
      .filter(([target]) => folders.includes(target))
      .map(([, line]) => `${line}: a circle of the folders ${folders.join(', ')}`),
  );
}

/** Whether folders that are known to need each other still do, all of them. */
function stands(graph, { folders, except }) {
  const arrows = new Map();
  for (const [file, imports] of graph)
    if (folders.includes(posix.dirname(file)))
      for (const { to } of imports) addArrow(arrows, { file, to, except, standing: [] });
  const found = circles(new Map([...arrows].map(([from, targets]) => [from, [...targets.keys()]])));
  return found.some((circle) => folders.every((folder) => circle.includes(folder)));
}
