import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PreferencesFile } from './desktop-preferences';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'posthorn-preferences-'));
  path = join(folder, 'desktop.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const atFirst = { receivesWhenClosed: true, closingTold: false, asksBeforeQuit: true };

test('a first start receives when closed, and asks', () => {
  expect(new PreferencesFile(path).current).toEqual(atFirst);
});

test.each(['', '{', '[]', 'null', '{"receivesWhenClosed":7}', '{"more":1}'])('%j is as a first start', (text) => {
  writeFileSync(path, text);
  expect(new PreferencesFile(path).current).toEqual(atFirst);
});

test('what is changed holds at once, and at the next start', async () => {
  const file = new PreferencesFile(path);
  const changes = [file.change({ closingTold: true }), file.change({ asksBeforeQuit: false })];
  expect(file.current).toEqual({ receivesWhenClosed: true, closingTold: true, asksBeforeQuit: false });
  await Promise.all(changes);
  expect(new PreferencesFile(path).current).toEqual(file.current);
  expect(readFileSync(path, 'utf8')).not.toContain('theme');
});

test('a file of fewer preferences has those of a first start beside them', () => {
  writeFileSync(path, '{"receivesWhenClosed":false}');
  expect(new PreferencesFile(path).current).toEqual({ ...atFirst, receivesWhenClosed: false });
});

test('a disk that takes nothing is told, and the choice holds for this start', async () => {
  const file = new PreferencesFile(join(folder, 'missing', 'desktop.json'));
  await expect(file.change({ asksBeforeQuit: false })).rejects.toThrow();
  expect(file.current.asksBeforeQuit).toBe(false);
});
