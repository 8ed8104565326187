import type { MailAddress } from '../../../../shared/ids';
import { mailboxOf } from '../../domain/mail-address';
import {
  BODY_HANG_MS,
  BULK_BYTES,
  BULK_MEMORY_MEGABYTES,
  HANG_MS_PER_MEGABYTE,
  MAX_WAITING_CRYPTO,
  READING_MEMORY_MEGABYTES,
  WORKER_IDLE_MS,
} from '../../domain/reading-limits';
import type { Pgp } from '../../ports/pgp';
import { sizeOf } from '../../worker/own-bytes';
import { WorkerLane, type LaneLimits } from '../../worker/worker-lane';
import { refuseUnreadable } from './refuse-unreadable';
import { unpackedMethods, type PgpMethod, type WireMethods } from './wire-methods';

/** Work on whole key rings, however small its argument. */
const RING_METHODS: ReadonlySet<PgpMethod> = new Set<PgpMethod>([
  'computeValidity',
  'verifyCertifications',
  'splitKeys',
]);

/** Of what peers made: when it ends a worker, it would do so again. */
const PEER_METHODS: ReadonlySet<PgpMethod> = new Set<PgpMethod>([
  'checkKeyBlock',
  'decrypt',
  'verify',
  'verifyDetached',
  'openAnonymous',
  'readCertifications',
  'verifyCertifications',
  'splitKeys',
  'cleanSealed',
]);

/** A block with more than a person's usual certifications. */
const LARGE_BLOCK_BYTES = 64 * 1024;

const short: LaneLimits = {
  memoryMegabytes: READING_MEMORY_MEGABYTES,
  hangMs: BODY_HANG_MS,
  hangMsPerMegabyte: HANG_MS_PER_MEGABYTE,
  waiting: MAX_WAITING_CRYPTO,
};
const bulk: LaneLimits = { ...short, memoryMegabytes: BULK_MEMORY_MEGABYTES, idleMs: WORKER_IDLE_MS };

type Options = { readonly workerPath: string; readonly memoryMegabytes?: number; readonly hangMs?: number };

/**
 * `Pgp` in workers, each of which takes one call at a time. What is our own (sealing, our keys) never waits for what
 * peers sent, and nothing short waits for messages of 1 MB and more or for key rings: mail never waits for 50,000
 * certifications. Arguments are copied, answers handed over.
 * @param o.workerPath the bundle of `pgp-worker.ts`
 * @param o.memoryMegabytes @param o.hangMs other limits, so that a test sees a worker reach them
 */
export function createPgpWorkerClient(o: Options): Pgp {
  const lane = (limits: LaneLimits): WorkerLane =>
    new WorkerLane({
      ...limits,
      workerPath: o.workerPath,
      memoryMegabytes: o.memoryMegabytes ?? limits.memoryMegabytes,
      hangMs: o.hangMs ?? limits.hangMs,
    });
  const lanes = { own: lane(short), ownBulk: lane(bulk), peers: lane(short), peersBulk: lane(bulk), rings: lane(bulk) };

  function laneOf(method: PgpMethod, size: number): WorkerLane {
    const isRing = RING_METHODS.has(method) || (method === 'readCertifications' && size >= LARGE_BLOCK_BYTES);
    if (isRing) return lanes.rings;
    if (PEER_METHODS.has(method)) return size < BULK_BYTES ? lanes.peers : lanes.peersBulk;
    return size < BULK_BYTES ? lanes.own : lanes.ownBulk;
  }

  function call<M extends PgpMethod>(method: M): WireMethods[M] {
    const ofPeer = PEER_METHODS.has(method);
    const run = (argument: unknown): Promise<unknown> =>
      laneOf(method, sizeOf(argument)).call({ method, argument, ofPeer, party: partyOf(argument) });
    // The worker runs the method of the same name of the same type.
    return run as unknown as WireMethods[M];
  }

  return {
    generateIdentityKeys: call('generateIdentityKeys'),
    recertify: call('recertify'),
    checkKeyBlock: refuseUnreadable(call('checkKeyBlock')),
    seal: call('seal'),
    decrypt: call('decrypt'),
    verify: call('verify'),
    sealAnonymously: call('sealAnonymously'),
    openAnonymous: call('openAnonymous'),
    signDetached: call('signDetached'),
    verifyDetached: call('verifyDetached'),
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
    certifyGuestKey: call('certifyGuestKey'),
    cleanSealed: call('cleanSealed'),
    ...unpackedMethods(call),
    async close() {
      await Promise.all(Object.values(lanes).map((each) => each.close()));
    },
  };
}

/**
 * Whoever a key is asked about, or a message says it is from, waits for their own turn: a flood of keys or of large
 * letters in one name delays no other.
 */
function partyOf(argument: unknown): string {
  if (typeof argument !== 'object' || argument === null) return '';
  if ('address' in argument) return String(argument.address);
  return 'from' in argument ? mailboxOf(argument.from as MailAddress) : '';
}
