import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '../../electron/core/testing/free-port';
import type { ImapPlace } from './imap-place';

/** How long the core's thread stood still at most since it was asked last, and the memory of its process. */
export type CoreState = { readonly stillMs: number; readonly octets: number };

export type RunningCore = ImapPlace & { state(): Promise<CoreState>; stop(): Promise<void> };

/** From the project's folder, as everything that `npm run bench` starts. */
const program = resolve('dist/bench/imap-core.cjs');

/** Starts a core whose inbox holds so many letters. */
export async function startCore(messages: number): Promise<RunningCore> {
  const [port, submission] = [await freePort(), await freePort()];
  const home = mkdtempSync(join(tmpdir(), 'posthorn-bench-'));
  const core = fork(program, [messages, port, submission].map(String), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, TMPDIR: home },
  });
  const exited = once(core, 'exit');
  const ended = exited.then(() => Promise.reject(new Error('The core ended.')));
  ended.catch(() => undefined);
  const answer = async <T>(): Promise<T> => ((await Promise.race([once(core, 'message'), ended])) as [T])[0];
  const stop = async (): Promise<void> => {
    core.kill();
    await exited;
    rmSync(home, { recursive: true, force: true });
  };
  try {
    const login = await answer<Omit<ImapPlace, 'port'>>();
    const state = (): Promise<CoreState> => {
      const told = answer<CoreState>();
      core.send('state');
      return told;
    };
    return { ...login, port, state, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
