import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { autostartEntry, isEntryOn } from './autostart-entry';

/** The value of a key, with the escapes of the specification's «string» type undone. */
function valueOf(entry: string, key: string): string {
  const line = entry.split('\n').find((each) => each.startsWith(`${key}=`)) ?? '';
  return line.slice(key.length + 1).replace(/\\\\/gu, '\\');
}

/** The arguments of an Exec line, as a desktop reads it: field codes, then the quoting that a shell would undo, too. */
function argumentsOf(entry: string): string[] {
  const line = valueOf(entry, 'Exec').replace(/%%/gu, '%');
  return execFileSync('sh', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);
}

test.each([
  [['/opt/Posthorn/posthorn', '--hidden']],
  [['/home/a b/Post "horn"/$HOME/`id`/100%/back\\slash', '--hidden', '--profile', '/tmp/%f %u']],
  [['/home/ü/邮/posthorn', '']],
])('a desktop reads %j as it was meant', (command) => {
  const entry = autostartEntry(command);
  expect(argumentsOf(entry)).toEqual(command);
  expect(valueOf(entry, 'TryExec')).toBe(command[0]);
  expect(isEntryOn(entry)).toBe(true);
});

test('any command keeps its arguments, and adds no line of its own', () => {
  const argument = fc.string({ unit: 'grapheme' }).filter((text) => !/\p{Cc}/u.test(text));
  fc.assert(
    fc.property(fc.array(argument, { minLength: 1, maxLength: 4 }), (command) => {
      const entry = autostartEntry(command);
      expect(argumentsOf(entry)).toEqual(command);
      expect(entry.split('\n').filter((line) => line.startsWith('Exec='))).toHaveLength(1);
    }),
    { numRuns: 40 },
  );
});

test.each(['/tmp/a\nHidden=true', '/tmp/a\rb', '/tmp/\0', '/tmp/\u0085x'])('%j is in no entry', (path) => {
  expect(() => autostartEntry([path])).toThrow(RangeError);
});

test.each([
  ['Hidden=true', false],
  ['[Desktop Entry]\nX-GNOME-Autostart-enabled = false\n', false],
  ['[Desktop Entry]\nHidden=false\n', true],
])('%j is on: %s', (text, on) => {
  expect(isEntryOn(text)).toBe(on);
});
