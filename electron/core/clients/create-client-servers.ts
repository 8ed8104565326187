import type { Socket } from 'node:net';
import type { ClientConnection, ClientServers } from '../ports/client-servers';
import type { ImapDoor } from '../ports/imap';
import type { LocalServer, PrivateSockets } from '../ports/local-server';
import type { SubmissionDoor } from '../ports/submission';
import { listenLocally } from './local-listener';
import { tryImap } from './try-imap';

/** Speaks a protocol on sockets that somebody else accepts. */
type ProtocolServer<Door> = {
  serve(socket: Socket, door: Door): void;
  stop(): Promise<void>;
};

type Sockets = Pick<PrivateSockets, 'next' | 'isThere'>;

/**
 * Servers for other mail programs. What speaks the protocols is handed in: a new one for each port. `sockets` absent:
 * who wants no port gets any of loopback, which every user of the machine can reach.
 */
export function createClientServers(o: {
  readonly imap: () => ProtocolServer<ImapDoor>;
  readonly submission: () => ProtocolServer<SubmissionDoor>;
  readonly sockets?: Sockets;
}): ClientServers {
  return {
    imap: (on) => listen(o.imap(), on, o.sockets),
    submission: (on) => listen(o.submission(), on, o.sockets),
    tryImap,
  };
}

async function listen<Door>(
  server: ProtocolServer<Door>,
  { port, open }: { readonly port?: number; readonly open: (connection: ClientConnection) => Door },
  sockets: Sockets | undefined,
): Promise<LocalServer> {
  const path = port === undefined ? await sockets?.next() : undefined;
  const local = await listenLocally(path ?? port ?? 0, {
    serve: (socket, connection) => {
      server.serve(socket, open(connection));
    },
    stop: () => server.stop(),
  });
  return path === undefined ? local : { ...local, isOpen: async () => (await sockets?.isThere(path)) ?? true };
}
