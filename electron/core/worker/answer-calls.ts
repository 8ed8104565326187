import { parentPort } from 'node:worker_threads';
import { toWireError } from '../../../shared/contract/answer-call';
import { PosthornError, type WireError } from '../../../shared/errors';
import { lacksMemory } from './lacks-memory';
import { died, unreadable } from './lane-errors';
import { transferable } from './own-bytes';
import type { WorkerCall, WorkerSays } from './worker-messages';

/** A worker's methods by name. Who calls them is typed by the same table, and nothing else holds the port. */
export type WorkerMethods = object;

/** Makes this thread answer the calls of a `WorkerLane` by `methods`. Does nothing in a main thread. */
export function answerCalls(methods: WorkerMethods): void {
  const port = parentPort;
  if (port === null) return;
  port.on('message', (call: WorkerCall) => {
    port.postMessage({ begun: call.id } satisfies WorkerSays);
    void answer(methods, call).then((reply) => {
      port.postMessage(reply, 'value' in reply ? transferable(reply.value) : []);
    });
  });
  port.postMessage({ loaded: true } satisfies WorkerSays);
}

async function answer(methods: WorkerMethods, call: WorkerCall): Promise<WorkerSays> {
  try {
    const method = (methods as Record<string, (argument: unknown) => unknown>)[call.method];
    return { id: call.id, value: await method?.(call.argument) };
  } catch (error) {
    return { id: call.id, error: wireError(error, call) };
  }
}

/** The cause is not passed on: it could quote the mail or the key that it failed on. */
function wireError(error: unknown, { ofPeer }: WorkerCall): WireError {
  if (error instanceof PosthornError) return toWireError(error);
  if (lacksMemory(error)) return toWireError(died());
  if (ofPeer && isExhaustion(error)) return toWireError(unreadable());
  return { code: 'internal', message: 'The message or key could not be worked on. Nothing was sent or changed.' };
}

/** The stack, a text or a list would grow beyond what there can be, on any machine. */
function isExhaustion(error: unknown): boolean {
  return (
    error instanceof RangeError || (error instanceof Error && 'code' in error && error.code === 'ERR_STRING_TOO_LONG')
  );
}
