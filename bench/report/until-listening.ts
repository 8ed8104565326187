import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { listening } from './listening';

/**
 * Waits until a server that was just started listens on its port of loopback.
 * @returns what ends it by `end` and removes its folder
 * @throws with what it said to standard error, when it ends before; its folder is removed then, too
 */
export async function untilListening(
  server: ChildProcess,
  o: { readonly name: string; readonly port: number; readonly folder: string; readonly end: () => void },
): Promise<() => Promise<void>> {
  const exited = once(server, 'exit');
  let complaint = '';
  server.stderr?.on('data', (text) => (complaint += String(text)));
  const ended = exited.then(() => Promise.reject(new Error(`${o.name} ended: ${complaint}`)));
  ended.catch(() => undefined);
  const stop = async (): Promise<void> => {
    o.end();
    await exited;
    rmSync(o.folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await Promise.race([listening(o.port), ended]);
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}
