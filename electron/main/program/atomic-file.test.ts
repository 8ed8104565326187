import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeFileAtomically } from './atomic-file';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'posthorn-atomic-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('what is saved, a secret key among it, is for its owner only', async () => {
  const path = join(folder, 'secret.asc');
  await writeFileAtomically(path, Buffer.from('key'));
  expect(readFileSync(path, 'utf8')).toBe('key');
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a link that waits under the name is replaced, not followed', async () => {
  const other = join(folder, 'other');
  writeFileSync(other, 'untouched');
  symlinkSync(other, join(folder, 'file'));
  await writeFileAtomically(join(folder, 'file'), Buffer.from('new'));
  expect(readFileSync(other, 'utf8')).toBe('untouched');
  expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('new');
});

test('what cannot be written leaves nothing behind', async () => {
  await expect(writeFileAtomically(join(folder, 'x'.repeat(300)), Buffer.from('new'))).rejects.toThrow();
  expect(readdirSync(folder)).toEqual([]);
});
