import { spawn } from 'node:child_process';
import { Socket } from 'node:net';

/** Cleans up after an owner that was killed and could not do it itself. */
export type Guardian = {
  /** Adds a process to those that must not outlive the owner. */
  watch(pid: number): void;
  /** Ends the guardian without any cleaning, for the owner that does it itself. */
  dismiss(): void;
};

/**
 * Reads process ids until its standard input ends, which the kernel sees to when the owner dies in whatever way; then
 * kills them and removes the directory.
 */
const SCRIPT =
  'while read -r pid; do pids="$pids $pid"; done; [ -z "$pids" ] || kill -KILL $pids 2>/dev/null; rm -rf -- "$0"';

/**
 * Starts the guardian of `dir`. It runs in a session of its own, so that what ends the owner's group does not end it.
 * @param dir directory that the guardian removes when the owner has died
 */
export function startGuardian(dir: string): Guardian {
  const child = spawn('/bin/sh', ['-c', SCRIPT, dir], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    // Without the mark by which a killed run's processes are found and ended: this one has to clean first.
    env: { PATH: process.env['PATH'] },
  });
  child.unref();
  child.stdin.on('error', () => undefined);
  // The pipe must not keep the owner's event loop alive.
  if (child.stdin instanceof Socket) child.stdin.unref();
  return {
    watch: (pid) => {
      child.stdin.write(`${pid}\n`);
    },
    dismiss: () => {
      child.kill('SIGKILL');
    },
  };
}
