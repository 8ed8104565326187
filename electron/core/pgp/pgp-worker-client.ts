import type { Pgp } from '../ports';
import { createWorkerLane } from './worker-lane';
import { byteCount, type PgpMethod } from './worker-messages';

/** From here on a call takes long enough that others would notice waiting behind it. */
const BULK_BYTES = 1024 * 1024;

/**
 * `Pgp` in two workers: one for short calls, one for large messages, which it takes one at a time so that several of 36 MB never
 * lie in memory together. No short call ever waits behind a large one. Arguments are copied, answers handed over.
 * @param o.workerPath the bundle of `pgp-worker.ts`
 */
export function createPgpWorkerClient(o: { readonly workerPath: string }): Pgp {
  const short = createWorkerLane(o.workerPath);
  const bulk = createWorkerLane(o.workerPath);
  let lastBulk: Promise<unknown> = Promise.resolve();

  function call<M extends PgpMethod>(method: M): Pgp[M] {
    const run = (argument: unknown): Promise<unknown> => {
      if (byteCount(argument) < BULK_BYTES) return short.call(method, argument);
      const answer = lastBulk.then(() => bulk.call(method, argument));
      lastBulk = answer.catch(() => undefined);
      return answer;
    };
    // The worker runs the method of the same name of the same type.
    return run as Pgp[M];
  }

  return {
    generateIdentityKeys: call('generateIdentityKeys'),
    recertify: call('recertify'),
    checkKeyBlock: call('checkKeyBlock'),
    seal: call('seal'),
    decrypt: call('decrypt'),
    verify: call('verify'),
    armorPublicKey: call('armorPublicKey'),
    exportSecretKey: call('exportSecretKey'),
    exportCertifyingKey: call('exportCertifyingKey'),
    async close() {
      await Promise.all([short.close(), bulk.close()]);
    },
  };
}
