import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { PosthornError } from '../../../shared/errors';
import type { ClientConnection } from '../ports/client-servers';
import type { LocalDoor, LocalServer } from '../ports/local-server';

/** What a protocol does with connections. */
export type Protocol = {
  /** Speaks with whoever came in, until it goes. */
  readonly serve: (socket: Socket, connection: ClientConnection) => void;
  /** Ends all connections in the way of the protocol. */
  readonly stop: () => Promise<void>;
};

/**
 * Listens on a port of 127.0.0.1 (0: any that is free) or on a Unix socket, and nowhere else. `stop` of the answer ends
 * all connections. Throws `port-refused`.
 */
export async function listenLocally(door: LocalDoor, protocol: Protocol): Promise<LocalServer> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    const ended = new Promise<void>((resolve) => {
      socket.once('close', () => {
        sockets.delete(socket);
        resolve();
      });
    });
    // Without a listener of its own a peer that goes would end the core.
    socket.on('error', () => undefined);
    protocol.serve(socket, { cut: () => void socket.destroy(), ended });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(refusal(error));
    });
    const place = typeof door === 'string' ? { path: door } : { host: '127.0.0.1', port: door };
    server.listen({ ...place, exclusive: true }, resolve);
  });
  server.on('error', () => undefined);
  return {
    door: typeof door === 'string' ? door : (server.address() as AddressInfo).port,
    stop: () => stop(server, { protocol, sockets }),
  };
}

async function stop(
  server: Server,
  { protocol, sockets }: { readonly protocol: Protocol; readonly sockets: ReadonlySet<Socket> },
): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  await protocol.stop();
  for (const socket of sockets) socket.destroy();
  await closed;
}

function refusal(error: NodeJS.ErrnoException): PosthornError {
  const sentence =
    error.code === 'EADDRINUSE'
      ? 'Another program of this computer uses this port.'
      : error.code === 'EACCES'
        ? 'The system keeps this port for itself.'
        : 'This port cannot be opened.';
  return new PosthornError('port-refused', `${sentence} Nothing was changed; choose another, between 1024 and 65535.`, {
    cause: error,
  });
}
