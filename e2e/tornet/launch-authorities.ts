import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, cpSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { authorityTorrc, type AuthorityPlace, type FirstVote } from './torrc-lines';
import { torEnvironment } from './tor-environment';

/** One authority process. */
export type RunningAuthority = {
  readonly pid: number;
  /** Settles when the process is gone. */
  readonly exited: Promise<unknown>;
  /** Sends a signal; does nothing when the process is gone, so no other process can be hit. */
  signal(name: NodeJS.Signals): void;
};

type LaunchOptions = {
  places: AuthorityPlace[];
  directory: string[];
  dir: string;
  firstVote: FirstVote;
  onSpawn: (pid: number) => void;
};

/**
 * Starts one tor per place with its own data directory below `dir`.
 * @param options.onSpawn is told each process id before anything else happens
 */
export function launchAuthorities(options: LaunchOptions): RunningAuthority[] {
  const prepared = options.places.map((place) => {
    const dataDirectory = join(options.dir, place.nickname);
    mkdirSync(dataDirectory, { mode: 0o700 });
    cpSync(place.key.keysDirectory, join(dataDirectory, 'keys'), { recursive: true });
    const torrc = authorityTorrc({ place, directory: options.directory, dataDirectory, firstVote: options.firstVote });
    return { torrc, log: join(dataDirectory, 'log') };
  });
  return prepared.map((one) => launch({ ...one, onSpawn: options.onSpawn }));
}

function launch(options: { torrc: string; log: string; onSpawn: (pid: number) => void }): RunningAuthority {
  const args = ['-f', '-', '--defaults-torrc', '/nonexistent', '--__OwningControllerProcess', String(process.pid)];
  const log = openSync(options.log, 'w');
  const child = spawn('tor', args, { stdio: ['pipe', log, log], env: torEnvironment() });
  closeSync(log);
  if (child.pid !== undefined) options.onSpawn(child.pid);
  const exited = once(child, 'exit').catch(() => undefined);
  // A tor that cannot be started closes its pipe first; the exit tells the story.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(options.torrc);
  return {
    pid: child.pid ?? -1,
    exited,
    signal: (name) => {
      child.kill(name);
    },
  };
}
