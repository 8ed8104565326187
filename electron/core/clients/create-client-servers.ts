import type { Socket } from 'node:net';
import type { ClientServers } from '../ports/client-servers';
import type { ImapDoor } from '../ports/imap';
import { listenOnLoopback } from './loopback-listener';
import { tryImap } from './try-imap';

/** Servers for other mail programs; the protocols themselves are handed in. */
export function createClientServers(o: {
  readonly serveImap: (socket: Socket, door: ImapDoor) => void;
}): ClientServers {
  return {
    imap: ({ port, open }) =>
      listenOnLoopback({
        port,
        serve: (socket, connection) => {
          o.serveImap(socket, open(connection));
        },
      }),
    tryImap,
  };
}
