import { commandTable } from './command-table';
import { UsageError } from './commands/command';

/** A command line of `posthorn`, taken apart; the command's own options are still in `args`. */
export type CommandLine = {
  readonly profile: string | undefined;
  readonly identity: string | undefined;
  readonly json: boolean;
  readonly help: boolean;
  readonly version: boolean;
  readonly command: string | undefined;
  readonly args: readonly string[];
};

const flags = ['json', 'help', 'version'] as const;
const valued = ['profile', 'identity'] as const;

/**
 * Takes the general options out of a command line, wherever they stand before a `--`.
 * @throws UsageError for an option without its value
 */
export function readCommandLine(argv: readonly string[]): CommandLine {
  const general = new Map<string, string>();
  const rest: string[] = [];
  const left = [...argv];
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    if (word === '--') rest.push(word, ...left.splice(0));
    else if (!takeGeneral(word, { left, general })) rest.push(word);
  }
  const [command, ...args] = rest;
  const has = (name: string): boolean => general.has(name);
  return {
    profile: general.get('profile'),
    identity: general.get('identity'),
    json: has('json'),
    help: has('help'),
    version: has('version'),
    command,
    args,
  };
}

function takeGeneral(word: string, { left, general }: { left: string[]; general: Map<string, string> }): boolean {
  const [, name = '', , joined] = /^--([a-z]+)(=(.*))?$/su.exec(word === '-h' ? '--help' : word) ?? [];
  if (flags.some((flag) => flag === name) && joined === undefined) {
    general.set(name, '');
    return true;
  }
  if (!valued.some((option) => option === name)) return false;
  const value = joined ?? left.shift();
  if (value === undefined || value === '') throw new UsageError(`--${name} needs a value.`);
  general.set(name, value);
  return true;
}

/** The help text: of one command, or of all. */
export function helpText(name?: string): string {
  const command = name === undefined ? undefined : commandTable.get(name);
  if (command !== undefined)
    return [
      'Usage:',
      ...command.usage.map((line) => `  posthorn --profile DIR ${line}`),
      '',
      sentence(command.summary),
    ].join('\n');
  return [
    'Usage: posthorn --profile DIR [--identity LOCAL] [--json] COMMAND ...',
    '',
    'Talks to the Posthorn that runs with the profile DIR (npm run headless -- --profile DIR).',
    '',
    'Commands:',
    ...[...commandTable].map(([title, { summary }]) => `  ${title.padEnd(16)} ${summary}`),
    '',
    'Options:',
    '  --profile DIR    the profile of the running Posthorn (or the variable POSTHORN_PROFILE)',
    '  --identity NAME  local part or address of the identity, when there are several',
    '  --json           print JSON, one value a line',
    '  --help           explain the command, or all of them',
    '  --version        print the version',
    '',
    'Exit status: 0 done, 1 refused, 2 wrong command line, 3 no Posthorn is running, 4 not delivered.',
  ].join('\n');
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
