import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { CoreContract } from '../../shared/core-contract';
import type { CoreEvent } from '../../shared/core-events';
import { PosthornError } from '../../shared/errors';
import type { ParamsOf, ResultOf, RpcReply } from '../../shared/rpc-kit';
import { waitFor } from './wait-for';

type Waiting = { readonly resolve: (result: unknown) => void; readonly reject: (error: Error) => void };

/**
 * A client of a running headless program on its control socket: every call of the core, and everything it announces.
 */
export class CoreClient {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, Waiting>();
  readonly #events: CoreEvent[] = [];
  readonly #listeners = new Set<() => void>();
  #nextId = 1;
  #rest = '';

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => this.#take(text));
    socket.on('error', () => undefined);
    socket.on('close', () => this.#fail());
  }

  /** @throws when no program runs with this profile */
  static async connect(profile: string): Promise<CoreClient> {
    const socket = connect(join(profile, 'control.sock'));
    await once(socket, 'connect');
    return new CoreClient(socket);
  }

  /** @throws PosthornError as the core gave it */
  call<M extends keyof CoreContract>(method: M, params: ParamsOf<CoreContract, M>): Promise<ResultOf<CoreContract, M>> {
    const id = this.#nextId;
    this.#nextId += 1;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: (result) => resolve(result as ResultOf<CoreContract, M>), reject });
      this.#socket.write(`${JSON.stringify({ kind: 'call', id, method, params }, encodeOctets)}\n`);
    });
  }

  /** What was announced until now; a mark for `event`. */
  get mark(): number {
    return this.#events.length;
  }

  /** Everything announced since a mark. */
  events(since = 0): readonly CoreEvent[] {
    return this.#events.slice(since);
  }

  /** The first announcement after the mark that `pick` makes something of, now or later. */
  event<T>(
    pick: (event: CoreEvent) => T | undefined,
    { since = 0, what }: { readonly since?: number; readonly what: string },
  ): Promise<T> {
    let next = since;
    const look = (): T | undefined => {
      while (next < this.#events.length) {
        const found = pick(this.#events[next++]!);
        if (found !== undefined) return found;
      }
      return undefined;
    };
    return waitFor(look, { what, changed: (listener) => this.#onNews(listener) });
  }

  close(): void {
    this.#socket.destroy();
  }

  #onNews(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#deliver(JSON.parse(line, decodeOctets) as RpcReply);
  }

  #deliver(reply: RpcReply): void {
    if (reply.kind === 'event') {
      this.#events.push(reply.event as CoreEvent);
      for (const listener of [...this.#listeners]) listener();
      return;
    }
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (reply.kind === 'result') waiting?.resolve(reply.result);
    else waiting?.reject(new PosthornError(reply.error.code, reply.error.message));
  }

  #fail(): void {
    for (const { reject } of this.#waiting.values()) reject(new Error('The program has closed its control socket'));
    this.#waiting.clear();
  }
}

function encodeOctets(this: unknown, key: string, value: unknown): unknown {
  // A Buffer has already become what its own toJSON makes of it; the holder still has the octets.
  const octets = (this as Record<string, unknown>)[key];
  return octets instanceof Uint8Array ? { $base64: Buffer.from(octets).toString('base64') } : value;
}

function decodeOctets(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, '$base64')) return value;
  return new Uint8Array(Buffer.from(String((value as { $base64: unknown }).$base64), 'base64'));
}
