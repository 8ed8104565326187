import {
  BODY_HANG_MS,
  BULK_BYTES,
  BULK_MEMORY_MEGABYTES,
  HANG_MS_PER_MEGABYTE,
  HEAD_HANG_MS,
  MAX_WAITING_READINGS,
  READING_MEMORY_MEGABYTES,
  WORKER_IDLE_MS,
} from '../../domain/reading-limits';
import type { Mime } from '../../ports/mime';
import type { Random } from '../../ports/runtime';
import { WorkerLane, type LaneLimits } from '../../worker/worker-lane';
import { sizeOf } from '../../worker/own-bytes';
import type { MimeReader } from '../mime-reader';
import { createMimeWriter } from '../mime-writer';
import { Suspects } from './suspects';

const heads: LaneLimits = {
  memoryMegabytes: READING_MEMORY_MEGABYTES,
  hangMs: HEAD_HANG_MS,
  hangMsPerMegabyte: HANG_MS_PER_MEGABYTE,
  waiting: MAX_WAITING_READINGS,
};
const bodies: LaneLimits = { ...heads, hangMs: BODY_HANG_MS };

/** Of an optional memory, so that a test sees a worker run out of it. */
type Options = {
  readonly workerPath: string;
  readonly random?: Pick<Random, 'bytes'>;
  readonly memoryMegabytes?: number;
  readonly hangMs?: number;
};

function lanesOf(o: Options) {
  const lane = (limits: LaneLimits): WorkerLane =>
    new WorkerLane({
      ...limits,
      workerPath: o.workerPath,
      memoryMegabytes: o.memoryMegabytes ?? limits.memoryMegabytes,
      hangMs: o.hangMs ?? limits.hangMs,
    });
  const bulk = { memoryMegabytes: BULK_MEMORY_MEGABYTES, idleMs: WORKER_IDLE_MS };
  return {
    heads: lane(heads),
    bulkHeads: lane({ ...heads, ...bulk }),
    contacts: lane(bodies),
    bulkContacts: lane({ ...bodies, ...bulk }),
    strangers: lane({ ...bodies, idleMs: WORKER_IDLE_MS }),
    files: lane({ ...bodies, idleMs: WORKER_IDLE_MS }),
    programs: lane({ ...bodies, ...bulk }),
    outside: lane({ ...bodies, ...bulk }),
  };
}

/**
 * `Mime` that reads in workers and writes here. Who waits for whom:
 *
 * - Before the signature anybody can claim to be anybody, so all wait in one lane; what is read there is a head, which
 *   costs little however it is written. Those of 1 MB and more have their own.
 * - Bodies are read when the sender is proved. Strangers, who can have as many onions as they like, wait for each other
 *   in a lane of theirs: a letter that takes all its time holds up no contact.
 * - Words of files are read for search, which nobody waits for: they have a lane, and hold up no message.
 * - What the person's other programs bring or submit has a lane: no peer's letter holds it up. So has what the mail
 *   server of a gateway brings.
 * - Contacts share a lane in which they take turns. One whose letter ended a worker waits among the strangers from then
 *   on, until the program ends: a second such letter costs the others nothing.
 *
 * @param o.workerPath the bundle of `mime-worker.ts`
 */
export function createMimeWorkerClient(o: Options): Mime {
  const lanes = lanesOf(o);
  const suspects = new Suspects();

  function readAnybodys<M extends keyof MimeReader>(method: M): MimeReader[M] {
    const run = (argument: unknown): Promise<unknown> =>
      (sizeOf(argument) < BULK_BYTES ? lanes.heads : lanes.bulkHeads).call({ method, argument, ofPeer: true });
    // The worker runs the method of the same name of the same type.
    return run as MimeReader[M];
  }

  function readOwnPrograms<M extends 'readAppended' | 'readSubmitted' | 'readSealedLetter'>(method: M): MimeReader[M] {
    const run = (argument: unknown): Promise<unknown> => lanes.programs.call({ method, argument, ofPeer: true });
    return run as MimeReader[M];
  }

  function laneOf({ content, from, isKnown }: Parameters<Mime['readBodies']>[0]): WorkerLane {
    if (!isKnown || suspects.has(from)) return lanes.strangers;
    return content.length < BULK_BYTES ? lanes.contacts : lanes.bulkContacts;
  }

  return {
    ...createMimeWriter(o),
    parseOuter: readAnybodys('parseOuter'),
    parsePost: readAnybodys('parsePost'),
    readHead: readAnybodys('readHead'),
    parseHeldEnvelope: readAnybodys('parseHeldEnvelope'),
    readCards: readAnybodys('readCards'),
    readBodies: (argument) => {
      const job = { method: 'readBodies', argument, ofPeer: true, party: argument.from };
      // Of the same name and type, as above.
      const read = laneOf(argument).call(job) as ReturnType<Mime['readBodies']>;
      return suspects.watch(argument.from, read);
    },
    readFileText: (argument) => {
      const job = { method: 'readFileText', argument, ofPeer: true, party: argument.from };
      // Of the same name and type, as above.
      return lanes.files.call(job) as ReturnType<Mime['readFileText']>;
    },
    readAppended: readOwnPrograms('readAppended'),
    // Of the same name and type, as above.
    readOutside: (argument) =>
      lanes.outside.call({ method: 'readOutside', argument, ofPeer: true }) as ReturnType<Mime['readOutside']>,
    readSubmitted: readOwnPrograms('readSubmitted'),
    readSealedLetter: readOwnPrograms('readSealedLetter'),
    async close() {
      await Promise.all(Object.values(lanes).map((each) => each.close()));
    },
  };
}
