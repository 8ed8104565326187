import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { watchFolders } from './watch-folders.mjs';

let root;
let watching;
let changes;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'posthorn-watch-'));
  mkdirSync(join(root, 'electron/core'), { recursive: true });
  writeFileSync(join(root, 'electron/core/a.ts'), '1');
  changes = changeQueue();
  watching = watchFolders({ root, folders: ['electron'], onChange: changes.add });
});
afterEach(() => {
  watching.close();
  rmSync(root, { recursive: true });
});

/** Each change that was told, to be waited for one after the other. */
function changeQueue() {
  const told = [];
  const waiting = [];
  return {
    add: (files) => {
      const next = waiting.shift();
      if (next) next(files);
      else told.push(files);
    },
    next: () => (told.length > 0 ? Promise.resolve(told.shift()) : new Promise((resolve) => waiting.push(resolve))),
  };
}

test('a file that is saved is told of', async () => {
  writeFileSync(join(root, 'electron/core/a.ts'), '2');
  expect(await changes.next()).toEqual(['electron/core/a.ts']);
});

test('a file is told of again and again when an editor puts another in its place', async () => {
  for (const text of ['2', '3', '4']) {
    writeFileSync(join(root, 'draft'), text);
    renameSync(join(root, 'draft'), join(root, 'electron/core/a.ts'));
    expect(await changes.next()).toEqual(['electron/core/a.ts']);
  }
});

test('a folder that is made later is watched too', async () => {
  mkdirSync(join(root, 'electron/core/imap'));
  expect(await changes.next()).toEqual(['electron/core/imap']);
  writeFileSync(join(root, 'electron/core/imap/fetch.ts'), '1');
  expect(await changes.next()).toEqual(['electron/core/imap/fetch.ts']);
});
