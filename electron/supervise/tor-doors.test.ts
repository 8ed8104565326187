import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeTorDoors } from './tor-doors';

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'doors-'));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

it.each(['/home/alice/.config/posthorn/tor', '/home/a b/tor'])('are in the directory of tor: %s', (directory) => {
  const { doors, remove } = makeTorDoors(directory, [parent]);
  expect(doors).toEqual({ socks: join(directory, 'socks'), control: join(directory, 'control') });
  remove();
  expect(readdirSync(parent)).toEqual([]);
});

it.each([
  ['long', `/home/${'a'.repeat(100)}/tor`],
  ['long in octets', `/home/${'ä'.repeat(45)}/tor`],
  ['not ASCII', '/home/jürgen/tor'],
  ['of another script', '/home/Алиса/tor'],
  ['quoted', '/home/a"b/tor'],
])('are in a short folder of their own where that path is %s', (_what, directory) => {
  const { doors, remove } = makeTorDoors(directory, [join(parent, 'missing'), parent]);
  const folder = dirname(doors?.socks ?? '');
  expect(dirname(folder)).toBe(parent);
  expect(dirname(doors?.control ?? '')).toBe(folder);
  expect(doors?.control).not.toBe(doors?.socks);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  remove();
  expect(existsSync(folder)).toBe(false);
});

it('are nowhere when no parent is safe, or every path is odd', () => {
  const odd = join(parent, 'ä');
  const open = join(parent, 'open');
  mkdirSync(odd, { mode: 0o700 });
  mkdirSync(open);
  rmSync(open, { recursive: true });
  mkdirSync(open, { mode: 0o755 });
  expect(makeTorDoors('/home/jürgen/tor', [odd, open]).doors).toBeUndefined();
  expect(readdirSync(odd)).toEqual([]);
});
