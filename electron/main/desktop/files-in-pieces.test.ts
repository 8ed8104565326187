import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FilesInPieces } from './files-in-pieces';

let folder = '';
let files: FilesInPieces;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'posthorn-pieces-'));
  files = new FilesInPieces();
});
afterEach(async () => {
  await files.abandonAll();
  rmSync(folder, { recursive: true });
});

const octets = (text: string): Uint8Array => new TextEncoder().encode(text);

test('pieces follow each other in the order of the calls, however fast those come', async () => {
  const path = join(folder, 'backup.posthorn');
  const fileId = await files.create(path);
  await Promise.all(Array.from({ length: 50 }, (_, index) => files.append(fileId, octets(`${String(index)},`))));
  expect(readdirSync(folder)).not.toContain('backup.posthorn');
  await files.finish(fileId, true);
  expect(readFileSync(path, 'utf8')).toBe(Array.from({ length: 50 }, (_, index) => `${String(index)},`).join(''));
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['backup.posthorn']);
});

test('what is not kept leaves nothing behind', async () => {
  const fileId = await files.create(join(folder, 'backup.posthorn'));
  await files.append(fileId, octets('half'));
  await files.finish(fileId, false);
  expect(readdirSync(folder)).toEqual([]);
});

test('a finished id is good for nothing more', async () => {
  const fileId = await files.create(join(folder, 'one'));
  await files.finish(fileId, true);
  await expect(files.append(fileId, octets('more'))).rejects.toMatchObject({ code: 'invalid-call' });
  await expect(files.finish(fileId, false)).rejects.toMatchObject({ code: 'invalid-call' });
  await expect(files.append(randomUUID(), octets('more'))).rejects.toMatchObject({ code: 'invalid-call' });
});

test('a place that cannot be written is told, and leaves nothing behind', async () => {
  await expect(files.create(join(folder, 'missing', 'one'))).rejects.toMatchObject({ code: 'internal' });
  const fileId = await files.create(join(folder, 'x'.repeat(300)));
  await expect(files.finish(fileId, true)).rejects.toMatchObject({ code: 'internal' });
  expect(readdirSync(folder)).toEqual([]);
});

test('no page may hold more than a few files open', async () => {
  await Promise.all(Array.from({ length: 8 }, (_, index) => files.create(join(folder, String(index)))));
  await expect(files.create(join(folder, 'one more'))).rejects.toMatchObject({ code: 'too-many' });
  await files.abandonAll();
  expect(readdirSync(folder)).toEqual([]);
});
