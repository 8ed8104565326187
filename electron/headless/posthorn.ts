import { inspect } from 'node:util';
import { PosthornError } from '../../shared/errors';
import { exitStatus, UsageError } from './commands/command';
import type { CommandLine } from './command-line';
import { helpText, readCommandLine } from './command-line';
import { commandTable } from './command-table';
import { connectControl } from './control/control-client';
import { plainJson, plainText } from './lines/plain-text';
import { terminalOutput } from './terminal-output';
import { version } from './version';

/** The `posthorn` command: one command of the command line, done by the Posthorn that runs with the profile. */
async function main(argv: readonly string[]): Promise<number> {
  const line = readCommandLine(argv);
  if (line.version) return say(version());
  if (line.help || line.command === undefined || line.command === 'help')
    return say(helpText(line.command === 'help' ? line.args[0] : line.command));
  const command = commandTable.get(line.command);
  if (command === undefined) throw new UsageError('There is no such command. See: posthorn --help');
  const core = await connectControl(profileOf(line));
  try {
    const output = terminalOutput(line.json);
    return await command.run({ core, args: line.args, identity: line.identity, output, input: process.stdin });
  } finally {
    core.close();
  }
}

function profileOf({ profile }: CommandLine): string {
  const directory = profile ?? process.env['POSTHORN_PROFILE'];
  if (directory === undefined || directory === '') throw new UsageError('Say which profile: --profile DIR.');
  return directory;
}

function say(text: string): number {
  process.stdout.write(`${text}\n`);
  return exitStatus.ok;
}

/** Says what went wrong, in one line (or one JSON value), and how the command ends. */
function explain(error: unknown, json: boolean): number {
  const code = error instanceof PosthornError ? error.code : 'usage';
  if (!(error instanceof PosthornError || isUsage(error))) {
    process.stderr.write(`${inspect(error)}\n`);
    return exitStatus.failed;
  }
  process.stderr.write(
    json ? `${plainJson({ error: { code, message: error.message } })}\n` : `posthorn: ${plainText(error.message)}\n`,
  );
  if (code === 'usage') return exitStatus.usage;
  return code === 'connection-closed' ? exitStatus.notRunning : exitStatus.failed;
}

/** Ours, or node's own about an option that does not exist or lacks its value. */
function isUsage(error: unknown): error is Error {
  if (error instanceof UsageError || error instanceof RangeError) return true;
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

// Whoever read the output, as `head` does, has enough.
process.stdout.on('error', () => process.exit());
const argv = process.argv.slice(2);
main(argv).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    process.exitCode = explain(error, argv.includes('--json'));
  },
);
