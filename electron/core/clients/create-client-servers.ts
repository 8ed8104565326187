import type { Socket } from 'node:net';
import type { ClientConnection, ClientServers } from '../ports/client-servers';
import type { ImapDoor } from '../ports/imap';
import type { LocalServer } from '../ports/local-server';
import type { SubmissionDoor } from '../ports/submission';
import { listenOnLoopback } from './loopback-listener';
import { tryImap } from './try-imap';

/** Speaks a protocol on sockets that somebody else accepts. */
type ProtocolServer<Door> = {
  serve(socket: Socket, door: Door): void;
  stop(): Promise<void>;
};

/** Servers for other mail programs. What speaks the protocols is handed in: a new one for each port. */
export function createClientServers(o: {
  readonly imap: () => ProtocolServer<ImapDoor>;
  readonly submission: () => ProtocolServer<SubmissionDoor>;
}): ClientServers {
  return {
    imap: (on) => listen(o.imap(), on),
    submission: (on) => listen(o.submission(), on),
    tryImap,
  };
}

function listen<Door>(
  server: ProtocolServer<Door>,
  { port, open }: { readonly port: number; readonly open: (connection: ClientConnection) => Door },
): Promise<LocalServer> {
  return listenOnLoopback(port, {
    serve: (socket, connection) => {
      server.serve(socket, open(connection));
    },
    stop: () => server.stop(),
  });
}
