import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A display that nobody sees, for a test outside Playwright. Ends with this process. */
export async function privateDisplay(): Promise<{ readonly name: string; readonly stop: () => Promise<void> }> {
  const leash = ['--pdeathsig', 'KILL', 'Xvfb', '-displayfd', '1', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'];
  const child = spawn('setpriv', leash, { stdio: ['ignore', 'pipe', 'ignore'] });
  const exited = once(child, 'exit');
  // The server writes the number of its display once it takes connections.
  const [number] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    name: `:${number.toString().trim()}`,
    stop: async () => {
      child.kill();
      await exited;
    },
  };
}
