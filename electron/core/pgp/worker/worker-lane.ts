import { Worker } from 'node:worker_threads';
import { fromWireError } from '../../../../shared/contract/answer-call';
import { PosthornError } from '../../../../shared/errors';
import { transferable, withOwnBytes, type PgpAnswer, type PgpCall, type PgpMethod } from './worker-messages';

/** One worker, started at the first call and again after it died. */
export type WorkerLane = {
  call(method: PgpMethod, argument: unknown): Promise<unknown>;
  close(): Promise<void>;
};

type Pending = { readonly resolve: (value: unknown) => void; readonly reject: (error: PosthornError) => void };
type Running = { readonly worker: Worker; readonly pending: Map<number, Pending> };

/**
 * Calls of a worker that dies are rejected with PosthornError `worker-died`; calls after `close` with
 * `connection-closed`.
 * @param workerPath the bundle of `pgp-worker.ts`
 */
export function createWorkerLane(workerPath: string): WorkerLane {
  let running: Running | undefined;
  let isClosed = false;
  let lastId = 0;

  function start(): Running {
    const fresh: Running = { worker: new Worker(workerPath), pending: new Map() };
    // An idle worker must not keep the program alive.
    fresh.worker.unref();
    fresh.worker.on('message', (answer: PgpAnswer) => settle(fresh, answer));
    // «error» is followed by «exit», which does the work; without a listener it would end the core.
    fresh.worker.on('error', () => undefined);
    fresh.worker.on('exit', () => {
      if (running === fresh) running = undefined;
      for (const pending of fresh.pending.values()) pending.reject(isClosed ? closed() : died());
      fresh.pending.clear();
    });
    return fresh;
  }

  return {
    call(method, argument) {
      if (isClosed) return Promise.reject(closed());
      const lane = (running ??= start());
      const call: PgpCall = { id: (lastId += 1), method, argument: withOwnBytes(argument) };
      return new Promise((resolve, reject) => {
        lane.pending.set(call.id, { resolve, reject });
        lane.worker.ref();
        lane.worker.postMessage(call, transferable(call.argument));
      });
    },
    async close() {
      isClosed = true;
      await running?.worker.terminate();
    },
  };
}

function settle(lane: Running, answer: PgpAnswer): void {
  const pending = lane.pending.get(answer.id);
  lane.pending.delete(answer.id);
  if (lane.pending.size === 0) lane.worker.unref();
  if ('value' in answer) pending?.resolve(answer.value);
  else pending?.reject(fromWireError(answer.error));
}

function died(): PosthornError {
  return new PosthornError(
    'worker-died',
    'Sealing or opening a message was interrupted. Nothing was lost; it can be tried again.',
  );
}

function closed(): PosthornError {
  return new PosthornError('connection-closed', 'The program is closing. Nothing was sent or changed.');
}
