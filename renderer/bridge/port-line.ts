import type { RpcLine } from '../../shared/contract/rpc-client';

/**
 * A MessagePort to the core as a line. A browser’s port does not tell when its other end is gone: the shell tells the
 * page, which then calls `close`, and this tells whoever waits.
 */
export const portLine = (port: MessagePort): RpcLine => {
  const closers: (() => void)[] = [];
  let closed = false;
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.onmessage = ({ data }: MessageEvent<unknown>) => listener(data);
    },
    onClose: (listener) => {
      if (closed) listener();
      else closers.push(listener);
    },
    close: () => {
      port.close();
      closed = true;
      for (const closer of closers.splice(0)) closer();
    },
  };
};
