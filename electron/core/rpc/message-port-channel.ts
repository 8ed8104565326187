import { ChannelListeners } from './channel-listeners';
import type { ClientChannel } from './client-channel';

/** The part of Electron's `MessagePortMain` that a channel needs, so that the core does not import Electron. */
export type PortLike = {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
};

/** A client behind a MessagePort: the window. Values are cloned by the port, octets included. */
export function messagePortChannel(port: PortLike): ClientChannel {
  const listeners = new ChannelListeners();
  const close = (): void => {
    if (listeners.close()) port.close();
  };
  port.on('message', (event) => listeners.message(event.data));
  port.on('close', () => listeners.close());
  return {
    post: (message) => {
      if (!listeners.closed) port.postMessage(message);
    },
    onMessage: (listener) => {
      listeners.addMessage(listener);
      // A port keeps what arrives until it is started, so nothing is lost before the first listener.
      port.start();
    },
    onClose: (listener) => listeners.addClose(listener),
    close,
    backlog: () => 0,
  };
}
