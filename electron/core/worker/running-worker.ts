import { Worker, type ResourceLimits } from 'node:worker_threads';
import { fromWireError } from '../../../shared/contract/answer-call';
import type { PosthornError } from '../../../shared/errors';
import { hangLimit } from './hang-limit';
import { closed, died, unreadable } from './lane-errors';
import { transferable } from './own-bytes';
import type { WorkerCall, WorkerSays } from './worker-messages';

type Pending = {
  readonly call: WorkerCall;
  readonly limitMs: number;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: PosthornError) => void;
};

/** One thread, from its start to its end. It takes one call at a time. */
export class RunningWorker {
  readonly #worker: Worker;
  #pending: Pending | undefined;
  #stopLimit: () => void = () => undefined;
  #isLoaded = false;
  #isClosing = false;
  /** It ran out of memory or time, or fell over what it read. */
  #isExhausted = false;

  constructor(o: { readonly path: string; readonly memory: ResourceLimits; readonly onGone: () => void }) {
    this.#worker = new Worker(o.path, { resourceLimits: o.memory });
    // An idle worker must not keep the program alive.
    this.#worker.unref();
    this.#worker.on('message', (said: WorkerSays) => {
      if ('loaded' in said) this.#loaded();
      else this.#settle(said);
    });
    // Followed by «exit»; without a listener it would end the core.
    this.#worker.on('error', () => {
      this.#isExhausted = true;
    });
    this.#worker.on('exit', () => {
      o.onGone();
      this.#stopLimit();
      this.#pending?.reject(this.#endOf(this.#pending.call));
      this.#pending = undefined;
    });
  }

  /**
   * Throws PosthornError `unreadable-content` when what a peer wrote ends the worker or takes longer than `limitMs`,
   * `worker-died` when any other call does, `connection-closed` after `close`.
   */
  run(call: WorkerCall, limitMs: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#pending = { call, limitMs, resolve, reject };
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
      this.#isExhausted = true;
      void this.#worker.terminate();
    });
  }

  #settle(answer: Exclude<WorkerSays, { loaded: true }>): void {
    const pending = this.#pending;
    this.#pending = undefined;
    this.#stopLimit();
    this.#worker.unref();
    if ('value' in answer) pending?.resolve(answer.value);
    else pending?.reject(fromWireError(answer.error));
  }

  /** A program that never loaded has read nothing: then the content is not to blame. */
  #endOf({ ofPeer }: WorkerCall): PosthornError {
    if (this.#isClosing) return closed();
    return ofPeer && this.#isLoaded && this.#isExhausted ? unreadable() : died();
  }
}
