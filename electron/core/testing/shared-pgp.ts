import { resolve } from 'node:path';
import { PosthornError } from '../../../shared/errors';
import { createPgpWorkerClient } from '../pgp/worker/pgp-worker-client';
import type { Pgp } from '../ports/pgp';

/**
 * The real crypto workers, one set for all cores of a test process: a worker needs a second to load and to compile its
 * curves, and hundreds of tests start a core or two. They do not keep the process alive.
 */
const workers = createPgpWorkerClient({ workerPath: resolve('dist/core/pgp-worker.cjs') });

/**
 * A core's share of the workers. As with workers of its own, closing rejects what it has asked and what it asks later
 * with PosthornError `connection-closed`; the workers stay for the others.
 */
export function sharePgp(): Pgp {
  const closing = new AbortController();
  const shared = Object.entries(workers).map(([name, method]) => [
    name,
    (argument: unknown) => unlessClosed(closing.signal, () => (method as (o: unknown) => Promise<unknown>)(argument)),
  ]);
  return {
    // Each method of the same name and type, under the condition that its core still runs.
    ...(Object.fromEntries(shared) as Pgp),
    close: () => {
      closing.abort();
      return Promise.resolve();
    },
  };
}

function unlessClosed(signal: AbortSignal, call: () => Promise<unknown>): Promise<unknown> {
  if (signal.aborted) return Promise.reject(closed());
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(closed());
    };
    signal.addEventListener('abort', stop);
    void call()
      .then(resolve, reject)
      .finally(() => {
        signal.removeEventListener('abort', stop);
      });
  });
}

function closed(): PosthornError {
  return new PosthornError('connection-closed', 'The program is closing. Nothing was sent or changed.');
}
