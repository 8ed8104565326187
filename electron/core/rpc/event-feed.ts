import { MAX_RPC_BACKLOG_BYTES } from '../domain/limits';
import type { RpcReply } from '../../../shared/contract/rpc-kit';
import type { ClientChannel } from './client-channel';

export type EventFeedOptions = {
  /** Registers for every event from now on; returns a function that stops it. */
  readonly subscribe: (listener: (event: unknown) => void) => () => void;
  readonly maxBacklog?: number;
};

/** Passes every event of the core on to every attached client, in order. */
export class EventFeed {
  readonly #clients = new Set<ClientChannel>();
  readonly #maxBacklog: number;
  readonly #unsubscribe: () => void;

  constructor({ subscribe, maxBacklog = MAX_RPC_BACKLOG_BYTES }: EventFeedOptions) {
    this.#maxBacklog = maxBacklog;
    this.#unsubscribe = subscribe((event) => this.#pass(event));
  }

  /** Sends events to this client until its channel closes or it no longer takes them. */
  attach(channel: ClientChannel): void {
    this.#clients.add(channel);
    channel.onClose(() => this.#clients.delete(channel));
  }

  /** Stops the feed and closes every client's channel. */
  stop(): void {
    this.#unsubscribe();
    for (const client of [...this.#clients]) client.close();
    this.#clients.clear();
  }

  #pass(event: unknown): void {
    const message: RpcReply = { kind: 'event', event };
    for (const client of [...this.#clients]) {
      if (client.backlog() > this.#maxBacklog) client.close();
      else client.post(message);
    }
  }
}
