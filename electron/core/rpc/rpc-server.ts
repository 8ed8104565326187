import { MAX_CALLS_IN_FLIGHT } from '../domain/limits';
import { answerCall, toWireError } from '../../../shared/contract/answer-call';
import type { WireError } from '../../../shared/errors';
import type { Contract, HandlersOf, RpcReply } from '../../../shared/contract/rpc-kit';
import { RpcRequest } from '../../../shared/contract/rpc-kit';
import type { ClientChannel } from './client-channel';

export type RpcServerOptions<C extends Contract> = {
  readonly contract: C;
  readonly handlers: HandlersOf<C>;
  readonly maxInFlight?: number;
  /** Called with every fault that a caller hears of only as `internal`. */
  readonly onFault?: (error: unknown) => void;
};

/** Answers the calls of any number of clients with one table of handlers. Knows only contracts, and nothing of mail. */
export class RpcServer<C extends Contract> {
  readonly #contract: C;
  readonly #handlers: HandlersOf<C>;
  readonly #maxInFlight: number;
  readonly #onFault: (error: unknown) => void;

  constructor({
    contract,
    handlers,
    maxInFlight = MAX_CALLS_IN_FLIGHT,
    onFault = () => undefined,
  }: RpcServerOptions<C>) {
    this.#contract = contract;
    this.#handlers = handlers;
    this.#maxInFlight = maxInFlight;
    this.#onFault = onFault;
  }

  /**
   * Serves a client until its channel closes. A message that is no call and has no number to answer to is ignored;
   * every other message gets exactly one reply. Replies come in the order in which calls finish.
   */
  attach(channel: ClientChannel): void {
    let inFlight = 0;
    channel.onMessage((message) => {
      const request = readRequest(message);
      if (request === undefined) return;
      if (typeof request === 'number') return reject(channel, request, malformed);
      if (inFlight >= this.#maxInFlight) return reject(channel, request.id, tooMany);
      inFlight += 1;
      void this.#answer(channel, request).finally(() => {
        inFlight -= 1;
      });
    });
  }

  async #answer(channel: ClientChannel, { id, method, params }: RpcRequest): Promise<void> {
    const served = { contract: this.#contract, handlers: this.#handlers, onFault: this.#onFault };
    const answer = await answerCall({ ...served, method, params });
    if (!answer.ok) {
      reject(channel, id, answer.error);
      return;
    }
    try {
      reply(channel, { kind: 'result', id, result: answer.result });
    } catch (error) {
      // A result that cannot be cloned (a function, a cycle) is our own fault; the caller must still get a reply.
      this.#onFault(error);
      reject(channel, id, toWireError(error));
    }
  }
}

const malformed: WireError = {
  code: 'invalid-call',
  message: 'Posthorn was asked something in a form it does not know. Nothing was changed.',
};
const tooMany: WireError = {
  code: 'too-many',
  message: 'Posthorn is still busy with what was asked before. Nothing was changed; please try again.',
};

/** The call in a message; for garbage with a number, the number to send the refusal to; otherwise undefined. */
function readRequest(message: unknown): RpcRequest | number | undefined {
  const request = RpcRequest.safeParse(message);
  if (request.success) return request.data;
  const id: unknown = typeof message === 'object' && message !== null && 'id' in message ? message.id : undefined;
  return typeof id === 'number' && Number.isSafeInteger(id) && id >= 0 ? id : undefined;
}

function reject(channel: ClientChannel, id: number, error: WireError): void {
  reply(channel, { kind: 'error', id, error });
}

function reply(channel: ClientChannel, message: RpcReply): void {
  channel.post(message);
}
