/** Entry of the crypto worker: the engine behind a message port, so that 25 MB never hold up the core's own thread. */
import { parentPort } from 'node:worker_threads';
import { toWireError } from '../../../../shared/contract/answer-call';
import { PosthornError, type WireError } from '../../../../shared/errors';
import { createOpenpgpEngine } from '../openpgp-engine';
import { packedMethods, type WireMethods } from './wire-methods';
import { transferable, type PgpAnswer, type PgpCall } from './worker-messages';

async function answer(methods: WireMethods, call: PgpCall): Promise<PgpAnswer> {
  try {
    // The client is typed by the same table, and nothing else holds this port.
    const method = methods[call.method] as (argument: unknown) => Promise<unknown>;
    return { id: call.id, value: await method(call.argument) };
  } catch (error) {
    return { id: call.id, error: wireError(error) };
  }
}

/** The cause is not passed on: it could quote the mail or the key that it failed on. */
function wireError(error: unknown): WireError {
  if (error instanceof PosthornError) return toWireError(error);
  return { code: 'internal', message: 'The message or key could not be worked on. Nothing was sent or changed.' };
}

const port = parentPort;
if (port !== null) {
  const engine = packedMethods(createOpenpgpEngine());
  port.on('message', (call: PgpCall) => {
    void answer(engine, call).then((reply) => {
      port.postMessage(reply, 'value' in reply ? transferable(reply.value) : []);
    });
  });
}
