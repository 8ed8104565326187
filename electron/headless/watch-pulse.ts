import { Worker } from 'node:worker_threads';

/** `tickMs`: another pace than five seconds, for tests. */
export type PulseThreadData = { readonly tickMs?: number };

/**
 * Has a thread of its own end this program when it does nothing for ten minutes, so that whoever keeps it running (a
 * service manager) starts it again: it would hold its profile, and its peers' connections, for ever.
 * @param threadPath the bundle of `pulse-thread.ts`
 */
export function watchPulse(threadPath: string): void {
  const thread = new Worker(threadPath, { workerData: {} satisfies PulseThreadData });
  thread.unref();
  thread.on('message', () => thread.postMessage('pong'));
  // Mail goes on without a watch.
  thread.on('error', () => undefined);
}
