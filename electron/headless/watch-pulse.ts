import { Worker } from 'node:worker_threads';

/** `tickMs`: another pace than five seconds, for tests. */
export type PulseThreadData = { readonly tickMs?: number };

/** `busy`: until the next `pong` nothing is answered. */
export type PulseAnswer = 'pong' | 'busy';

/**
 * Has a thread of its own end this program when it does nothing for ten minutes, so that whoever keeps it running (a
 * service manager) starts it again: it would hold its profile, and its peers' connections, for ever.
 * @param threadPath the bundle of `pulse-thread.ts`
 * @returns says that this program begins work of maybe minutes
 */
export function watchPulse(threadPath: string): () => void {
  const thread = new Worker(threadPath, { workerData: {} satisfies PulseThreadData });
  thread.unref();
  const say = (answer: PulseAnswer): void => thread.postMessage(answer);
  thread.on('message', () => say('pong'));
  // Mail goes on without a watch.
  thread.on('error', () => undefined);
  return () => say('busy');
}
