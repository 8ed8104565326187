import { Worker, type ResourceLimits } from 'node:worker_threads';
import { fromWireError } from '../../../shared/contract/answer-call';
import type { PosthornError } from '../../../shared/errors';
import { hangLimit } from './hang-limit';
import { lacksMemory } from './lacks-memory';
import { BlameUnclear, closed, died, unreadable } from './lane-errors';
import { transferable } from './own-bytes';
import type { WorkerCall, WorkerSays } from './worker-messages';

type Pending = {
  readonly call: WorkerCall;
  readonly limitMs: number;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: PosthornError | BlameUnclear) => void;
};

/** Why a worker ends: it fell, also over its limit of memory; it took too long; or the machine had no memory left. */
type End = 'fell' | 'hung' | 'machine';

/** One thread, from its start to its end. It takes one call at a time. */
export class RunningWorker {
  readonly #worker: Worker;
  #pending: Pending | undefined;
  #stopLimit: () => void = () => undefined;
  #isLoaded = false;
  #isClosing = false;
  #calls = 0;
  /** The last call that the worker has begun: one that it never saw did not end it. */
  #begun: number | undefined;
  #end: End | undefined;
  readonly #onGone: () => void;

  /** @param o.onGone it takes no further call: it has ended, or is about to */
  constructor(o: { readonly path: string; readonly memory: ResourceLimits; readonly onGone: () => void }) {
    this.#onGone = o.onGone;
    this.#worker = new Worker(o.path, { resourceLimits: o.memory });
    // An idle worker must not keep the program alive.
    this.#worker.unref();
    this.#worker.on('message', (said: WorkerSays) => {
      if ('loaded' in said) this.#loaded();
      else if ('begun' in said) this.#begun = said.begun;
      else this.#settle(said);
    });
    // Followed by «exit»; without a listener it would end the core.
    this.#worker.on('error', (error) => {
      this.#ending(lacksMemory(error) ? 'machine' : 'fell');
    });
    this.#worker.on('exit', () => {
      this.#onGone();
      this.#stopLimit();
      this.#pending?.reject(this.#endOf(this.#pending.call));
      this.#pending = undefined;
    });
  }

  /**
   * Throws PosthornError `unreadable-content` when what a peer wrote ends the worker or takes longer than `limitMs`,
   * `worker-died` when any other call does or the machine has no memory left, `connection-closed` after `close`;
   * BlameUnclear when it may be what was read before that ended the worker.
   */
  run(call: WorkerCall, limitMs: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#pending = { call, limitMs, resolve, reject };
      this.#calls += 1;
      this.#startLimit(limitMs);
      this.#worker.ref();
      this.#worker.postMessage(call, transferable(call.argument));
    });
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#worker.terminate();
  }

  /** Loading the program has the same limit, and is not counted against the call. */
  #loaded(): void {
    this.#isLoaded = true;
    if (this.#pending) this.#startLimit(this.#pending.limitMs);
  }

  #startLimit(limitMs: number): void {
    this.#stopLimit();
    this.#stopLimit = hangLimit(limitMs, () => {
      this.#ending('hung');
      void this.#worker.terminate();
    });
  }

  /** The next call goes to another worker at once, and not into this one's end. */
  #ending(end: End): void {
    this.#end ??= end;
    this.#onGone();
  }

  #settle(answer: Exclude<WorkerSays, { loaded: true } | { begun: number }>): void {
    const pending = this.#pending;
    this.#pending = undefined;
    this.#stopLimit();
    this.#worker.unref();
    if ('value' in answer) pending?.resolve(answer.value);
    else pending?.reject(fromWireError(answer.error));
  }

  /**
   * A program that never loaded has read nothing, and one that left by itself was not made to: then the content is not
   * to blame. It is not certain to be when the worker has not begun it, or has read something before that it might
   * still have been busy with.
   */
  #endOf({ ofPeer, id }: WorkerCall): PosthornError | BlameUnclear {
    if (this.#isClosing) return closed();
    if (!ofPeer || !this.#isLoaded || this.#end === undefined || this.#end === 'machine') return died();
    const isClear = this.#begun === id && (this.#end === 'hung' || this.#calls === 1);
    return isClear ? unreadable() : new BlameUnclear();
  }
}
