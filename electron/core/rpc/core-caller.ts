import { fromWireError } from '../../../shared/answer-call';
import type { CoreContract } from '../../../shared/core-contract';
import { coreContract } from '../../../shared/core-contract';
import { CoreEvent } from '../../../shared/core-events';
import { PosthornError } from '../../../shared/errors';
import type { CallOf, RpcRequest } from '../../../shared/rpc-kit';
import { RpcReply } from '../../../shared/rpc-kit';
import type { ClientChannel } from './client-channel';

type Method = keyof CoreContract;
type Waiting = { readonly method: Method; resolve(result: unknown): void; reject(error: PosthornError): void };

/** Calls a core over a channel and hears its events; each answer is parsed by the contract. */
export class CoreCaller {
  readonly #channel: ClientChannel;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Set<(event: CoreEvent) => void>();
  #nextId = 1;
  #closed = false;

  constructor(channel: ClientChannel) {
    this.#channel = channel;
    channel.onMessage((message) => this.#hear(message));
    channel.onClose(() => this.#fail());
  }

  /** Resolves with the result. @throws PosthornError as the core answered, or `connection-closed` */
  readonly call: CallOf<CoreContract> = ((method: Method, params: unknown) =>
    this.#call(method, params)) as CallOf<CoreContract>;

  onEvent(listener: (event: CoreEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  onClose(listener: () => void): void {
    this.#channel.onClose(listener);
  }

  close(): void {
    this.#channel.close();
  }

  #call(method: Method, params: unknown): Promise<unknown> {
    if (this.#closed) return Promise.reject(lost());
    return new Promise((resolve, reject) => {
      const request: RpcRequest = { kind: 'call', id: this.#nextId++, method, params };
      this.#waiting.set(request.id, { method, resolve, reject });
      this.#channel.post(request);
    });
  }

  #hear(message: unknown): void {
    const reply = RpcReply.safeParse(message);
    if (!reply.success) return;
    if (reply.data.kind === 'event') return this.#tell(reply.data.event);
    const waiting = this.#waiting.get(reply.data.id);
    this.#waiting.delete(reply.data.id);
    if (reply.data.kind === 'error') return waiting?.reject(fromWireError(reply.data.error));
    if (waiting !== undefined) settle(waiting, reply.data.result);
  }

  #tell(data: unknown): void {
    const event = CoreEvent.safeParse(data);
    if (event.success) for (const listener of [...this.#listeners]) listener(event.data);
  }

  #fail(): void {
    this.#closed = true;
    for (const waiting of this.#waiting.values()) waiting.reject(lost());
    this.#waiting.clear();
  }
}

function settle(waiting: Waiting, data: unknown): void {
  const result = coreContract[waiting.method].result.safeParse(data);
  if (result.success) waiting.resolve(result.data);
  else
    waiting.reject(
      new PosthornError(
        'internal',
        'The answer of the running Posthorn could not be read. Use the same version of both.',
      ),
    );
}

function lost(): PosthornError {
  return new PosthornError(
    'connection-closed',
    'The running Posthorn ended before it answered. Look whether the change was made.',
  );
}
