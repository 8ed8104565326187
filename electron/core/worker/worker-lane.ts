import { FairQueue } from './fair-queue';
import { BlameUnclear, closed, died, overfull } from './lane-errors';
import { sizeOf, withOwnBytes } from './own-bytes';
import { RunningWorker } from './running-worker';

const MIB = 1024 * 1024;

/** What one lane may take; see `domain/limits.ts` for the attacks. */
export type LaneLimits = {
  /** Megabytes of objects and texts; octets in buffers are bounded by the size of a message. */
  readonly memoryMegabytes: number;
  /** Milliseconds after which a call is taken for hung, and those more for each megabyte of its argument. */
  readonly hangMs: number;
  readonly hangMsPerMegabyte: number;
  /** Calls that may wait. */
  readonly waiting: number;
  /** Milliseconds without work after which the thread ends, for one that is seldom used; absent: it stays. */
  readonly idleMs?: number;
};

export type LaneJob = {
  readonly method: string;
  readonly argument: unknown;
  /** Reads what a peer wrote: should that end the worker, the content is refused for good. */
  readonly ofPeer?: boolean;
  /** Whose work it is; parties take turns. */
  readonly party?: string;
};

type Waiting = {
  readonly job: LaneJob;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
};

/** Objects that live shortly: an eighth of the memory, as V8 has it by itself. */
const YOUNG_PART = 8;

/**
 * One worker, started at the first call and again after it died. It works on one call at a time: the death of a worker
 * costs the call that ended it, and no other.
 */
export class WorkerLane {
  readonly #options: LaneLimits & { readonly workerPath: string };
  readonly #waiting = new FairQueue<Waiting>();
  #running: RunningWorker | undefined;
  #isBusy = false;
  #isClosed = false;
  #lastId = 0;
  #idle: NodeJS.Timeout | undefined;

  /** @param options.workerPath the bundle of a program that calls `answerCalls` */
  constructor(options: LaneLimits & { readonly workerPath: string }) {
    this.#options = options;
  }

  /**
   * Runs one method of the worker. Arguments are copied, answers handed over. Throws what the method throws, and
   * PosthornError `worker-died`, `unreadable-content` (of a peer's content), `too-many` when too much waits,
   * `connection-closed` after `close`.
   */
  call(job: LaneJob): Promise<unknown> {
    if (this.#isClosed) return Promise.reject(closed());
    if (this.#waiting.length >= this.#options.waiting) return Promise.reject(overfull());
    return new Promise((resolve, reject) => {
      this.#waiting.add(job.party ?? '', { job, resolve, reject });
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#idle);
    for (const { reject } of this.#waiting.takeAll()) reject(closed());
    await this.#running?.close();
  }

  #next(): void {
    if (this.#isBusy) return;
    clearTimeout(this.#idle);
    const waiting = this.#waiting.take();
    if (!waiting) {
      this.#endWhenIdle();
      return;
    }
    this.#isBusy = true;
    void this.#answer(waiting.job)
      .then(waiting.resolve, waiting.reject)
      .finally(() => {
        this.#isBusy = false;
        this.#next();
      });
  }

  /** A thread keeps some 25 MB, and what the last message left behind. */
  #endWhenIdle(): void {
    const { idleMs } = this.#options;
    if (idleMs === undefined || this.#isClosed) return;
    this.#idle = setTimeout(() => {
      const idle = this.#running;
      this.#running = undefined;
      void idle?.close();
    }, idleMs).unref();
  }

  /**
   * A peer's content that may have met the end of another's is read once more, in a worker that has read nothing else:
   * what ends that one, too, is to blame.
   */
  async #answer(job: LaneJob): Promise<unknown> {
    try {
      return await this.#run(job);
    } catch (error) {
      if (!(error instanceof BlameUnclear)) throw error;
    }
    return this.#run(job).catch((error: unknown) => {
      throw error instanceof BlameUnclear ? died() : error;
    });
  }

  async #run({ method, argument, ofPeer = false }: LaneJob): Promise<unknown> {
    const { hangMs, hangMsPerMegabyte } = this.#options;
    const own = await withOwnBytes(argument);
    if (this.#isClosed) throw closed();
    const limitMs = hangMs + (sizeOf(own) / MIB) * hangMsPerMegabyte;
    const running = (this.#running ??= this.#start());
    return running.run({ id: (this.#lastId += 1), method, argument: own, ofPeer }, limitMs);
  }

  #start(): RunningWorker {
    const { workerPath, memoryMegabytes } = this.#options;
    const maxYoungGenerationSizeMb = Math.ceil(memoryMegabytes / YOUNG_PART);
    const fresh: RunningWorker = new RunningWorker({
      path: workerPath,
      memory: { maxOldGenerationSizeMb: memoryMegabytes - maxYoungGenerationSizeMb, maxYoungGenerationSizeMb },
      onGone: () => {
        if (this.#running === fresh) this.#running = undefined;
      },
    });
    return fresh;
  }
}
