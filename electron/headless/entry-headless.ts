import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { inspect, parseArgs } from 'node:util';
import { PosthornError } from '../../shared/errors';
import { LocalPart } from '../../shared/local-part';
import { Settings } from '../../shared/settings';
import { HeadlessProgram } from './headless-program';
import { readPassphrase } from './input/read-passphrase';
import { version } from './version';
import { watchPulse } from './watch-pulse';

const help = `Usage: npm run headless -- --profile DIR [--create|--empty] [--keep-mail] [--json]   (passphrase: first line of standard input)

Runs Posthorn without a window until it is told to stop (Ctrl-C or SIGTERM). It prints its addresses and whether they can be
reached; everything else is done with the command posthorn (see posthorn --help).

  --profile DIR  the profile: a folder that holds keys and mail
  --create       make a new profile in DIR, which must not have one yet
  --empty        wait with DIR empty for: posthorn restore   (no passphrase is read)
  --keep-mail    be the always-on machine that keeps your mail while your own computer is off: makes an identity in a profile
                 without any, and prints the pairing code to paste there
  --bridges KIND go to the Tor network by bridges that came along with tor, from the first moment and from now on:
                 obfs4, snowflake, meek or webtunnel; none: directly (see posthorn bridges)
  --name LOCAL   the part before the @ of that identity (keeper)
  --json         print JSON, one value a line
  --version      print the version
`;

/** Runs tor and the core in plain Node until a signal. */
async function main(): Promise<number> {
  // The reader of the output may have closed it; mail goes on all the same.
  for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);
  const options = readOptions();
  if (options.version || options.help) return say(options.version ? `${version()}\n` : help);
  if (options.profile === undefined || options.profile === '')
    throw new RangeError('Say which profile: --profile DIR.');
  const profileDirectory = resolve(options.profile);
  mkdirSync(profileDirectory, { recursive: true, mode: 0o700 });
  const keeper = options['keep-mail'] ? localPartOf(options.name) : undefined;
  const opening = options.empty ? 'empty' : { passphrase: await readPassphrase(process.stdin), create: options.create };
  const stopped = stopAsked();
  const busy = watchPulse(join(__dirname, 'pulse-thread.cjs'));
  const program = new HeadlessProgram({
    profileDirectory,
    json: options.json,
    keeper,
    ...(options.bridges === undefined ? {} : { bridges: bridgesOf(options.bridges) }),
    pgpWorkerPath: join(__dirname, '..', 'core', 'pgp-worker.cjs'),
    projectRoot: join(__dirname, '..', '..'),
    busy,
  });
  try {
    await program.start(opening);
    await stopped;
  } finally {
    await program.stop();
  }
  return 0;
}

type Options = {
  profile?: string | undefined;
  create: boolean;
  empty: boolean;
  'keep-mail': boolean;
  name: string;
  bridges?: string | undefined;
  json: boolean;
  version: boolean;
  help: boolean;
};

function readOptions(): Options {
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    options: {
      profile: { type: 'string' },
      create: flag,
      empty: flag,
      'keep-mail': flag,
      name: { type: 'string', default: 'keeper' },
      bridges: { type: 'string' },
      json: flag,
      version: flag,
      help: { ...flag, short: 'h' },
    },
  });
  return { ...values, profile: values.profile ?? process.env['POSTHORN_PROFILE'] };
}

function localPartOf(name: string): string {
  const localPart = LocalPart.safeParse(name);
  if (!localPart.success)
    throw new RangeError('--name takes small letters, digits, and single dots, dashes or underscores between them.');
  return localPart.data;
}

function bridgesOf(name: string): Settings['builtInBridges'] {
  const kind = Settings.shape.builtInBridges.safeParse(name);
  if (!kind.success) throw new RangeError(`--bridges takes ${Settings.shape.builtInBridges.options.join(', ')}.`);
  return kind.data;
}

function say(text: string): number {
  process.stdout.write(text);
  return 0;
}

/** The first signal ends in order; a second one ends at once. */
function stopAsked(): Promise<void> {
  return new Promise((done) => {
    let asked = false;
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(name, () => {
        if (asked) process.exit(130);
        asked = true;
        done();
      });
    }
  });
}

function explain(error: unknown): string {
  const foreseen = error instanceof PosthornError || error instanceof RangeError || error instanceof TypeError;
  return foreseen && !isBug(error) ? `posthorn: ${error.message}\n` : `${inspect(error)}\n`;
}

/** A TypeError is the command line's only when node's own reader of options made it. */
function isBug(error: Error): boolean {
  return error instanceof TypeError && !('code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));
}

main().then(
  (status) => process.exit(status),
  (error: unknown) => {
    process.stderr.write(explain(error));
    process.exit(1);
  },
);
