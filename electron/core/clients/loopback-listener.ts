import { createServer, type Socket } from 'node:net';
import { PosthornError } from '../../../shared/errors';
import { MAX_CLIENT_CONNECTIONS } from '../domain/client-limits';
import type { ClientConnection } from '../ports/client-servers';
import type { LocalServer } from '../ports/local-server';

/**
 * Listens on a port of 127.0.0.1, and nowhere else. `serve` speaks with whoever comes in; `stop` of the answer cuts all
 * of them off. Throws `port-refused`.
 */
export async function listenOnLoopback(o: {
  readonly port: number;
  readonly serve: (socket: Socket, connection: ClientConnection) => void;
}): Promise<LocalServer> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    const ended = new Promise<void>((resolve) => {
      socket.once('close', () => {
        sockets.delete(socket);
        resolve();
      });
    });
    // Without a listener of its own a peer that goes would end the core.
    socket.on('error', () => undefined);
    o.serve(socket, { cut: () => void socket.destroy(), ended });
  });
  server.maxConnections = MAX_CLIENT_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(refusal(error));
    });
    server.listen({ host: '127.0.0.1', port: o.port, exclusive: true }, resolve);
  });
  server.on('error', () => undefined);
  return { door: o.port, stop: () => stop(server, sockets) };
}

function stop(server: ReturnType<typeof createServer>, sockets: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    for (const socket of sockets) socket.destroy();
  });
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
