import type { Socket } from 'node:net';
import type { ClientServers } from '../ports/client-servers';
import type { ImapDoor } from '../ports/imap';
import { listenOnLoopback } from './loopback-listener';
import { tryImap } from './try-imap';

/** Speaks a protocol on sockets that somebody else accepts. */
type ProtocolServer<Door> = {
  serve(socket: Socket, door: Door): void;
  stop(): Promise<void>;
};

/** Servers for other mail programs. What speaks the protocols is handed in: a new one for each port. */
export function createClientServers(o: { readonly imap: () => ProtocolServer<ImapDoor> }): ClientServers {
  return {
    imap: ({ port, open }) => {
      const server = o.imap();
      return listenOnLoopback(port, {
        serve: (socket, connection) => {
          server.serve(socket, open(connection));
        },
        stop: () => server.stop(),
      });
    },
    tryImap,
  };
}
