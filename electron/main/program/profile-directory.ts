import { resolve } from 'node:path';

/**
 * The profile directory asked for: `--profile DIR` or `--profile=DIR` on the command line, else POSTHORN_PROFILE.
 * @returns an absolute path, or undefined for the desktop's usual place
 */
export function askedProfile(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const asked = fromArguments(argv) ?? environment['POSTHORN_PROFILE'];
  return asked === undefined || asked === '' ? undefined : resolve(asked);
}

function fromArguments(argv: readonly string[]): string | undefined {
  const prefix = '--profile=';
  const joined = argv.find((argument) => argument.startsWith(prefix));
  if (joined !== undefined) return joined.slice(prefix.length);
  const at = argv.indexOf('--profile');
  return at < 0 ? undefined : argv[at + 1];
}
