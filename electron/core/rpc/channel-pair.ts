import { ChannelListeners } from './channel-listeners';
import type { ClientChannel } from './client-channel';

/**
 * Both ends of a channel inside one process. A message posted at one end arrives at the other, cloned as by a
 * MessagePort, after the code that posted it has returned.
 */
export function channelPair(): readonly [ClientChannel, ClientChannel] {
  const ends = [new ChannelListeners(), new ChannelListeners()] as const;
  return [endOf(ends[0], ends[1]), endOf(ends[1], ends[0])];
}

function endOf(own: ChannelListeners, other: ChannelListeners): ClientChannel {
  return {
    post: (message) => {
      if (own.closed) return;
      const copy: unknown = structuredClone(message);
      queueMicrotask(() => other.message(copy));
    },
    onMessage: (listener) => own.addMessage(listener),
    onClose: (listener) => own.addClose(listener),
    close: () => {
      own.close();
      other.close();
    },
    backlog: () => 0,
  };
}
