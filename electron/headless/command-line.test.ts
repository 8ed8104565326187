import { expect, test } from 'vitest';
import { UsageError } from './commands/command';
import { helpText, readCommandLine } from './command-line';
import { commandTable } from './command-table';

test('general options are taken wherever they stand, the rest is the command’s', () => {
  expect(readCommandLine(['--profile', 'dir', 'send', '--to', 'a@b', '--json', '--identity=bob', '--wait'])).toEqual({
    profile: 'dir',
    identity: 'bob',
    json: true,
    help: false,
    version: false,
    command: 'send',
    args: ['--to', 'a@b', '--wait'],
  });
});

test('after -- nothing is an option', () => {
  expect(readCommandLine(['list', '--', '--json'])).toMatchObject({ json: false, args: ['--', '--json'] });
});

test('an option without its value is refused', () => {
  expect(() => readCommandLine(['status', '--profile'])).toThrow(UsageError);
});

test('the help names every command, and each has its own', () => {
  for (const [name, command] of commandTable) {
    expect(helpText()).toContain(`  ${name}`);
    for (const usage of command.usage) expect(helpText(name)).toContain(usage);
  }
});
