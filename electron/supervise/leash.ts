import { accessSync, constants } from 'node:fs';

/**
 * What stands before a command line on Linux so that the kernel kills the program together with this process, whenever
 * and however that ends: setpriv becomes the program, under the same process id. The signal is tied to the thread that
 * starts the program, so that must be one that lives as long as the process.
 */
export const leashBy = (setpriv: string): [string, ...string[]] => [setpriv, '--pdeathsig', 'KILL', '--'];

/** Where util-linux puts it. */
export const SETPRIV = '/usr/bin/setpriv';

/**
 * Program and arguments to be spawned, on the leash that was found to work. A program that cannot be run is not put on
 * it: then `spawn` says so, where setpriv would only end.
 */
export function leashed(
  leash: readonly string[],
  { path, args }: { path: string; args: readonly string[] },
): [string, string[]] {
  const [program, ...before] = leash;
  return program === undefined || !isRunnable(path) ? [path, [...args]] : [program, [...before, path, ...args]];
}

export function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
