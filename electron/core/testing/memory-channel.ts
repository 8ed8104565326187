import { ChannelListeners } from '../rpc/channel-listeners';
import type { ClientChannel } from '../rpc/client-channel';

/** A channel inside one process, with its far end in the caller's hand: for tests. */
export type MemoryChannel = {
  readonly channel: ClientChannel;
  /** Hands the core a message, as if the client had sent it. */
  receive(message: unknown): void;
  /** Everything the core has sent once it is at least `count` messages. */
  sent(count: number): Promise<readonly unknown[]>;
  /** Everything the core has sent once one message fits. */
  until(fits: (message: unknown) => boolean): Promise<readonly unknown[]>;
  /** Octets the client is said not to have taken yet. */
  setBacklog(octets: number): void;
};

/** Makes a channel whose messages are cloned as a MessagePort would clone them. */
export function memoryChannel(): MemoryChannel {
  const listeners = new ChannelListeners();
  const messages: unknown[] = [];
  const waiting = new Set<() => void>();
  let backlog = 0;
  const waitFor = (fits: () => boolean): Promise<readonly unknown[]> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!fits()) return;
        waiting.delete(look);
        resolve([...messages]);
      };
      waiting.add(look);
      look();
    });
  const post = (message: unknown): void => {
    if (listeners.closed) return;
    messages.push(structuredClone(message));
    for (const look of [...waiting]) look();
  };
  return {
    channel: {
      post,
      onMessage: (listener) => listeners.addMessage(listener),
      onClose: (listener) => listeners.addClose(listener),
      close: () => void listeners.close(),
      backlog: () => backlog,
    },
    receive: (message) => listeners.message(message),
    sent: (count) => waitFor(() => messages.length >= count),
    until: (fits) => {
      // Each message is looked at once: of a thousand calls that wait, each would else read the answers to all others,
      // again and again.
      let seen = 0;
      return waitFor(() => {
        while (seen < messages.length) {
          seen += 1;
          if (fits(messages[seen - 1])) return true;
        }
        return false;
      });
    },
    setBacklog: (octets) => {
      backlog = octets;
    },
  };
}
