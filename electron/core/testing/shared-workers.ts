import { resolve } from 'node:path';
import { createMimeWorkerClient } from '../mime/worker/mime-worker-client';
import { createPgpWorkerClient } from '../pgp/worker/pgp-worker-client';
import type { Mime } from '../ports/mime';
import type { Pgp } from '../ports/pgp';
import { untilClosed } from './until-closed';

/**
 * The real workers, one set for all cores of a test process: a crypto worker needs a second to load and to compile its
 * curves, and hundreds of tests start a core or two. They do not keep the process alive.
 */
const pgp = createPgpWorkerClient({ workerPath: resolve('dist/core/pgp-worker.cjs') });
const mime = createMimeWorkerClient({ workerPath: resolve('dist/core/mime-worker.cjs') });

/** One core's share of them. */
export function sharedWorkers(): { readonly pgp: Pgp; readonly mime: Mime } {
  return { pgp: untilClosed(pgp), mime: untilClosed(mime) };
}
