import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { firstWindowState, placedOnScreen, readWindowState, writeWindowState } from './window-state';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'posthorn-window-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }];

test('what was written is read, privately kept, and nothing else is left', async () => {
  const path = join(folder, 'sub', 'window.json');
  const state = { ...firstWindowState, x: 10, y: 20, theme: 'dark' as const };
  await writeWindowState(path, state);
  await writeWindowState(path, state);
  expect(readWindowState(path)).toEqual(state);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(folder, 'sub'))).toEqual(['window.json']);
});

test.each(['', '{', '{"width":1}', 'null'])('a damaged file (%j) is as good as none', (text) => {
  const path = join(folder, 'window.json');
  writeFileSync(path, text);
  expect(readWindowState(path)).toEqual(firstWindowState);
});

test('a place on a screen is kept, another is forgotten', () => {
  expect(placedOnScreen({ ...firstWindowState, x: 100, y: 100 }, screens)).toMatchObject({ x: 100, y: 100 });
  expect(placedOnScreen({ ...firstWindowState, x: 5_000, y: 100 }, screens)).toEqual(firstWindowState);
  expect(placedOnScreen({ ...firstWindowState, x: 100, y: -500 }, screens)).toEqual(firstWindowState);
});
