import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { setFuses } from './set-fuses.mjs';
import { unzip } from './unzip.mjs';

/** Packed by another program: a file that shrinks, one that is stored, an empty one, a program. */
const script = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w') as archive:
    archive.mkdir('top') if hasattr(archive, 'mkdir') else archive.writestr('top/', '')
    archive.writestr('top/long.txt', 'word ' * 100000, zipfile.ZIP_DEFLATED)
    archive.writestr('top/sub/stored.bin', bytes(range(256)), zipfile.ZIP_STORED)
    archive.writestr('top/empty', '')
    program = zipfile.ZipInfo('top/program')
    program.external_attr = 0o100755 << 16
    archive.writestr(program, '#!/bin/sh')
    archive.writestr('other/left-out', 'no')
    archive.comment = b'a comment behind the end'
`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'posthorn-unzip-'));
  execFileSync('python3', ['-c', script, join(folder, 'a.zip')]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const place = (name) => (name.startsWith('top/') ? name.slice(4) : undefined);

it('unpacks what is wanted, octet for octet and with its mode', async () => {
  const out = join(folder, 'out');
  expect(await unzip(join(folder, 'a.zip'), out, place)).toBe(4);
  expect(readFileSync(join(out, 'long.txt'), 'utf8')).toBe('word '.repeat(100_000));
  expect([...readFileSync(join(out, 'sub/stored.bin'))]).toEqual(Array.from({ length: 256 }, (_, octet) => octet));
  expect(statSync(join(out, 'empty')).size).toBe(0);
  expect(statSync(join(out, 'program')).mode & 0o777).toBe(0o755);
  expect(() => statSync(join(out, 'left-out'))).toThrow('ENOENT');
});

it('refuses an archive that is not whole', async () => {
  const cut = join(folder, 'cut.zip');
  writeFileSync(cut, readFileSync(join(folder, 'a.zip')));
  truncateSync(cut, 700);
  await expect(unzip(cut, join(folder, 'cut'), place)).rejects.toThrow('not whole');
});

it('sets the fuses that are named, and refuses a file without any', () => {
  const binary = join(folder, 'binary');
  writeFileSync(binary, 'before dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u000810100011 after', 'latin1');
  setFuses(binary, { EnableNodeCliInspectArguments: true, LoadBrowserProcessSpecificV8Snapshot: false });
  expect(readFileSync(binary, 'latin1')).toContain('\u0001\u000810110001 after');
  expect(() => setFuses(binary, { Unknown: true })).toThrow('no fuse Unknown');
  writeFileSync(binary, 'nothing of the kind');
  expect(() => setFuses(binary, {})).toThrow('has not the fuses');
});
