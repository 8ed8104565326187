import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { incrementalBuild } from './incremental-build.mjs';

let folder;
let sources;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'posthorn-build-'));
  write('shared.ts', 'export const greeting = "hello";');
  write('core.ts', 'import { greeting } from "./shared"; console.log(greeting);');
  write('page.ts', 'console.log("page");');
  const options = (name) => ({
    absWorkingDir: folder,
    entryPoints: [name],
    outdir: 'dist',
    bundle: true,
    write: false,
    metafile: true,
  });
  sources = await incrementalBuild({ core: options('core.ts'), page: options('page.ts') });
});
afterEach(async () => {
  await sources.close();
  rmSync(folder, { recursive: true });
});

const write = (name, text) => writeFileSync(join(folder, name), text);
const built = (name) => readFileSync(join(folder, 'dist', name), 'utf8');

test('only what reads a changed file is built, and only what comes out different is told', async () => {
  expect(await sources.build()).toEqual({ changed: ['core', 'page'], problems: [] });
  write('shared.ts', 'export const greeting = "good evening";');
  expect(await sources.build(['shared.ts'])).toEqual({ changed: ['core'], problems: [] });
  expect(built('core.js')).toContain('good evening');
  write('shared.ts', '/* a comment */ export const greeting = "good evening";');
  expect(await sources.build(['shared.ts'])).toEqual({ changed: [], problems: [] });
});

test('a part with an error stays as it was, is told with its place, and is built when the error is gone', async () => {
  await sources.build();
  write('core.ts', 'import { greeting } from "./shared"; console.log(greeting;');
  const { changed, problems } = await sources.build(['core.ts']);
  expect(changed).toEqual([]);
  expect(problems.join('')).toContain('core.ts:1:');
  expect(built('core.js')).toContain('hello');
  write('core.ts', 'import { greeting } from "./shared"; console.log(greeting, 2);');
  expect(await sources.build(['core.ts'])).toEqual({ changed: ['core'], problems: [] });
});

test('a file that was missing is found when it comes', async () => {
  write('core.ts', 'import "./later";');
  expect((await sources.build()).problems).toHaveLength(1);
  expect(existsSync(join(folder, 'dist/core.js'))).toBe(false);
  write('later.ts', 'console.log("later");');
  expect((await sources.build(['later.ts'])).changed).toEqual(['core']);
});
