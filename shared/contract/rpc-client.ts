import { z } from 'zod';
import { fromWireError } from './answer-call';
import type { CoreContract } from './core-contract';
import { coreContract } from './core-contract';
import { CoreEvent } from './core-events';
import { PosthornError } from '../errors';
import type { CallOf, RpcRequest } from './rpc-kit';
import { RpcReply } from './rpc-kit';

/** A two-way line to the core, whatever carries it: a MessagePort, a socket, a pair of channels in memory. */
export type RpcLine = {
  /** Sends one message; after the line has closed it does nothing. @throws for what the carrier cannot hold */
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Calls back once when either side has closed the line; at once when it is closed already. */
  onClose(listener: () => void): void;
  close(): void;
};

/** The sentences for errors of the line; the program that shows them knows what its user can do. */
export type RpcClientWords = {
  /** The line closed while a call waited, so this program does not know whether the core has done it. */
  readonly lost: string;
  /** The core answered with something that the contract does not allow. */
  readonly unreadable: string;
};

type Method = keyof CoreContract;
type Waiting = {
  readonly method: Method;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: PosthornError) => void;
};

/** What an answer has in every version: the number of its call. */
const AnswerId = z.object({ kind: z.enum(['result', 'error']), id: z.number() });

const WORDS: RpcClientWords = {
  lost: 'The running Posthorn ended before it answered. Look whether the change was made.',
  unreadable: 'The answer of the running Posthorn could not be read. Use the same version of both.',
};

/**
 * Calls the core over a line and hears its events. The contract parses every result and every event before the caller
 * sees it, so a core of another version cannot put a wrong type into this program.
 */
export class RpcClient {
  readonly #line: RpcLine;
  readonly #words: RpcClientWords;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Set<(event: CoreEvent) => void>();
  #nextId = 1;
  #closed = false;

  constructor(line: RpcLine, words = WORDS) {
    this.#line = line;
    this.#words = words;
    line.onMessage((message) => this.#hear(message));
    line.onClose(() => this.#fail());
  }

  /**
   * Resolves with the result of a method of the core.
   *
   * @throws PosthornError as the core answered; `connection-closed` when the line closed first; `internal` for an
   *   answer that breaks the contract; `invalid-call` for parameters that the line cannot carry
   */
  readonly call: CallOf<CoreContract> = ((method: Method, params: unknown) =>
    this.#call(method, params)) as CallOf<CoreContract>;

  /** Calls back with every event, in the order in which the core sent them; returns how to stop. */
  onEvent(listener: (event: CoreEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Calls back once when either side has closed the line. */
  onClose(listener: () => void): void {
    this.#line.onClose(listener);
  }

  /** Closes the line; calls that still wait fail when it has closed. */
  close(): void {
    this.#line.close();
  }

  #call(method: Method, params: unknown): Promise<unknown> {
    if (this.#closed) return Promise.reject(this.#lost());
    return new Promise((resolve, reject) => {
      const request: RpcRequest = { kind: 'call', id: this.#nextId++, method, params };
      this.#waiting.set(request.id, { method, resolve, reject });
      this.#post(request, reject);
    });
  }

  /** A request that cannot be sent has no answer: its entry must not wait for one until the line closes. */
  #post(request: RpcRequest, reject: (error: PosthornError) => void): void {
    try {
      this.#line.post(request);
    } catch (cause) {
      this.#waiting.delete(request.id);
      reject(new PosthornError('invalid-call', 'That could not be sent to Posthorn. Nothing was changed.', { cause }));
    }
  }

  #hear(message: unknown): void {
    const reply = RpcReply.safeParse(message);
    if (!reply.success) return this.#failUnreadable(message, reply.error);
    if (reply.data.kind === 'event') return this.#tell(reply.data.event);
    const waiting = this.#takeWaiting(reply.data.id);
    if (waiting === undefined) return;
    if (reply.data.kind === 'error') waiting.reject(fromWireError(reply.data.error));
    else this.#settle(waiting, reply.data.result);
  }

  /** An answer in a form of another version, such as an error of a new code: whoever asked must not wait for ever. */
  #failUnreadable(message: unknown, cause: unknown): void {
    const answer = AnswerId.safeParse(message);
    const waiting = answer.success ? this.#takeWaiting(answer.data.id) : undefined;
    waiting?.reject(this.#unreadable(cause));
  }

  #takeWaiting(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  #settle(waiting: Waiting, data: unknown): void {
    const result = coreContract[waiting.method].result.safeParse(data);
    if (result.success) waiting.resolve(result.data);
    else waiting.reject(this.#unreadable(result.error));
  }

  #tell(data: unknown): void {
    const event = CoreEvent.safeParse(data);
    if (event.success) for (const listener of [...this.#listeners]) listener(event.data);
  }

  #fail(): void {
    this.#closed = true;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const one of waiting) one.reject(this.#lost());
  }

  #unreadable(cause: unknown): PosthornError {
    return new PosthornError('internal', this.#words.unreadable, { cause });
  }

  #lost(): PosthornError {
    return new PosthornError('connection-closed', this.#words.lost);
  }
}
