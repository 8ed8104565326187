import type { Pgp } from '../../ports/pgp';
import { unpackedMethods, type WireMethods } from './wire-methods';
import { createWorkerLane } from './worker-lane';
import { byteCount, type PgpMethod } from './worker-messages';

/** Octets from which a call takes so long that calls behind it would noticeably wait. */
const BULK_BYTES = 1024 * 1024;

/** Work on whole key rings, however small its argument. */
const RING_METHODS: ReadonlySet<PgpMethod> = new Set<PgpMethod>([
  'computeValidity',
  'verifyCertifications',
  'splitKeys',
]);

/** A block with more than a person's usual certifications. */
const LARGE_BLOCK_BYTES = 64 * 1024;

/**
 * `Pgp` in three workers: one for short calls; one for large messages, which it takes one at a time so that several of
 * 36 MB never lie in memory together; one for key rings, so that mail never waits for 50,000 certifications. Arguments
 * are copied, answers handed over.
 * @param o.workerPath the bundle of `pgp-worker.ts`
 */
export function createPgpWorkerClient(o: { readonly workerPath: string }): Pgp {
  const short = createWorkerLane(o.workerPath);
  const bulk = createWorkerLane(o.workerPath);
  const rings = createWorkerLane(o.workerPath);
  let lastBulk: Promise<unknown> = Promise.resolve();

  function isForRings(method: PgpMethod, argument: unknown): boolean {
    return RING_METHODS.has(method) || (method === 'readCertifications' && byteCount(argument) >= LARGE_BLOCK_BYTES);
  }

  function call<M extends PgpMethod>(method: M): WireMethods[M] {
    const run = (argument: unknown): Promise<unknown> => {
      if (isForRings(method, argument)) return rings.call(method, argument);
      if (byteCount(argument) < BULK_BYTES) return short.call(method, argument);
      const answer = lastBulk.then(() => bulk.call(method, argument));
      lastBulk = answer.catch(() => undefined);
      return answer;
    };
    // The worker runs the method of the same name of the same type.
    return run as unknown as WireMethods[M];
  }

  return {
    generateIdentityKeys: call('generateIdentityKeys'),
    recertify: call('recertify'),
    checkKeyBlock: call('checkKeyBlock'),
    seal: call('seal'),
    decrypt: call('decrypt'),
    verify: call('verify'),
    sealAnonymously: call('sealAnonymously'),
    openAnonymous: call('openAnonymous'),
    armorPublicKey: call('armorPublicKey'),
    exportSecretKey: call('exportSecretKey'),
    exportCertifyingKey: call('exportCertifyingKey'),
    certify: call('certify'),
    revokeCertification: call('revokeCertification'),
    readCertifications: call('readCertifications'),
    withCertifications: call('withCertifications'),
    trustOnion: call('trustOnion'),
    readOwnKey: call('readOwnKey'),
    renewKey: call('renewKey'),
    rotateSubkey: call('rotateSubkey'),
    replaceKey: call('replaceKey'),
    revokeKey: call('revokeKey'),
    adoptKey: call('adoptKey'),
    ...unpackedMethods(call),
    async close() {
      await Promise.all([short.close(), bulk.close(), rings.close()]);
    },
  };
}
