import { MAX_RPC_BACKLOG_BYTES } from '../domain/limits';
import type { RpcReply } from '../../../shared/contract/rpc-kit';
import type { ClientChannel } from './client-channel';

export type EventFeedOptions<E> = {
  /** Registers for every event from now on; returns a function that stops it. */
  readonly subscribe: (listener: (event: E) => void) => () => void;
  readonly maxBacklog?: number;
};

/** An event as a client may know it; undefined when it may not. */
type Shown<E> = (event: E) => E | undefined;

/** Passes every event of the core on to every attached client, in order, as far as each may know it. */
export class EventFeed<E = unknown> {
  readonly #clients = new Map<ClientChannel, Shown<E>>();
  readonly #maxBacklog: number;
  readonly #unsubscribe: () => void;

  constructor({ subscribe, maxBacklog = MAX_RPC_BACKLOG_BYTES }: EventFeedOptions<E>) {
    this.#maxBacklog = maxBacklog;
    this.#unsubscribe = subscribe((event) => this.#pass(event));
  }

  /**
   * Sends events to this client until its channel closes or it no longer takes them.
   * @param shown what of each this client may know; all, by default
   */
  attach(channel: ClientChannel, shown: Shown<E> = (event) => event): void {
    this.#clients.set(channel, shown);
    channel.onClose(() => this.#clients.delete(channel));
  }

  /** Stops the feed and closes every client's channel. */
  stop(): void {
    this.#unsubscribe();
    for (const client of [...this.#clients.keys()]) client.close();
    this.#clients.clear();
  }

  #pass(event: E): void {
    for (const [client, shown] of [...this.#clients]) {
      const known = shown(event);
      if (known === undefined) continue;
      const message: RpcReply = { kind: 'event', event: known };
      if (client.backlog() > this.#maxBacklog) client.close();
      else client.post(message);
    }
  }
}
