import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { CoreContract } from '../../../shared/contract/core-contract';
import type { CoreEvent } from '../../../shared/contract/core-events';
import type { RpcLine } from '../../../shared/contract/rpc-client';
import { RpcClient } from '../../../shared/contract/rpc-client';
import type { CallOf } from '../../../shared/contract/rpc-kit';
import { waitFor } from './wait-for';

/**
 * A client of a running headless program on its control socket: every call of the core, and everything it announces.
 */
export class CoreClient {
  /** @throws PosthornError as the core gave it, or `connection-closed` when the program ended first */
  readonly call: CallOf<CoreContract>;
  readonly #socket: Socket;
  readonly #events: CoreEvent[] = [];
  readonly #listeners = new Set<() => void>();

  private constructor(socket: Socket) {
    this.#socket = socket;
    const client = new RpcClient(socketLine(socket));
    this.call = client.call;
    client.onEvent((event) => {
      this.#events.push(event);
      for (const listener of [...this.#listeners]) listener();
    });
  }

  /** @throws when no program runs with this profile */
  static async connect(profile: string): Promise<CoreClient> {
    const socket = connect(join(profile, 'control.sock'));
    await once(socket, 'connect');
    return new CoreClient(socket);
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
}

/** One message per line of JSON, as the headless program speaks on its control socket. */
function socketLine(socket: Socket): RpcLine {
  let rest = '';
  let hear: (message: unknown) => void = () => undefined;
  socket.setEncoding('utf8');
  socket.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) hear(JSON.parse(line, decodeOctets));
  });
  socket.on('error', () => undefined);
  return {
    post: (message) => void socket.write(`${JSON.stringify(message, encodeOctets)}\n`),
    onMessage: (listener) => void (hear = listener),
    onClose: (listener) => void socket.on('close', listener),
    close: () => void socket.destroy(),
  };
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
