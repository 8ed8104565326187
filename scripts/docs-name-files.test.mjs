import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './terminal.mjs';

/** The pages that send somebody new to a file. */
const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'electron/core/PROTOCOL.md', 'tor-bin/README.md'],
  ...markdownIn('docs'),
  ...markdownIn('docs/decisions'),
];

function markdownIn(folder) {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`);
}

/** Whatever stands in backticks and begins like a path of ours, unless it is said to be to come. */
function namedFiles(text) {
  const tops = '(?:shared|electron|renderer|e2e|bench|fuzz|scripts|docs|tor-bin|assets|\\.config|\\.ci|\\.githooks)';
  const named = text.matchAll(new RegExp(`\`(${tops}/[^\`*{}<> ]*)\`(?! \\(to come\\))`, 'gu'));
  return [...named].map(([, path]) => path);
}

/** Links to other pages, relative to the page. */
function linkedFiles(page, text) {
  const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)(?:#[^)]*)?\)/gu)];
  return links.map(([, target]) => join(page, '..', target));
}

test.each(pages)('every file that %s names is there', (page) => {
  const text = readFileSync(join(root, page), 'utf8');
  const missing = [...namedFiles(text), ...linkedFiles(page, text)].filter((path) => !existsSync(join(root, path)));
  expect(missing).toEqual([]);
});

test('each of a newcomer’s tasks touches five files at most', () => {
  const tasks = readFileSync(join(root, 'docs/newcomer-tasks.md'), 'utf8').split(/^## /mu).slice(1);
  expect(tasks).toHaveLength(4);
  const filesOf = (task) => task.match(/^\d\. (?!\p{Lu})/gmu)?.length ?? 0;
  for (const task of tasks) expect(filesOf(task)).toBeGreaterThan(0);
  expect(Math.max(...tasks.map(filesOf))).toBeLessThanOrEqual(5);
});

test('the index of decisions lists each of them under its title', () => {
  const index = readFileSync(join(root, 'docs/decisions/README.md'), 'utf8');
  const files = readdirSync(join(root, 'docs/decisions')).filter((name) => /^\d{3}-/u.test(name));
  const unlisted = files.filter((name) => {
    const [, title] = /^# (.+)$/mu.exec(readFileSync(join(root, 'docs/decisions', name), 'utf8')) ?? [];
    const [, number, words] = /^(\d+)\. (.+)$/u.exec(title ?? '') ?? [];
    return !index.includes(`\n${number}. [${words}](${name})`);
  });
  expect(files.length).toBeGreaterThan(0);
  expect(unlisted).toEqual([]);
});

test('the count of findings is that of their rows, and each names its test', () => {
  const text = readFileSync(join(root, 'docs/findings.md'), 'utf8');
  const rows = text.split('\n').filter((line) => /^\| (?!row |-)/u.test(line));
  const different = rows.filter((row) => /DIFFERENT \d/u.test(row)).length;
  expect(rows.filter((row) => !/`[^`]+\.test\.tsx?`/u.test(row) || !/ (?:green|DIFFERENT \d) +\|$/u.test(row))).toEqual(
    [],
  );
  expect(text).toContain(`${rows.length} rows: ${rows.length - different} green, ${different} DIFFERENT.`);
});

test('a path that is not there is noticed', () => {
  expect(namedFiles('see `electron/core/nowhere.ts` and `electron/core/later.ts` (to come)')).toEqual([
    'electron/core/nowhere.ts',
  ]);
});
