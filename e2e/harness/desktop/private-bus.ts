import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { temporaryFolder } from '../process/temporary-folder';

/** A session bus that nobody else uses. Ends with this process. */
export type PrivateBus = { readonly path: string; readonly address: string; readonly stop: () => Promise<void> };

/** Starts it; resolves when it takes connections. */
export async function privateBus(): Promise<PrivateBus> {
  const folder = temporaryFolder('bus');
  const path = join(folder.path, 'bus');
  const address = `unix:path=${path}`;
  const options = ['--session', '--nofork', '--print-address', `--address=${address}`];
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', 'dbus-daemon', ...options], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const exited = once(child, 'exit');
  await once(child.stdout, 'data');
  return {
    path,
    address,
    stop: async () => {
      child.kill();
      await exited;
      folder.remove();
    },
  };
}
