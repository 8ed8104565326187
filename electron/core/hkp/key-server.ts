import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Fingerprint, MailAddress } from '../../../shared/ids';
import { MAX_HKP_CONNECTIONS, MAX_HKP_REQUEST_BYTES } from '../domain/limits';
import type { KeyServers } from '../ports/key-servers';
import type { LocalServer, PrivateSockets } from '../ports/local-server';
import { readLookup, writeIndex } from './lookup-request';

type ServedKey = {
  readonly address: MailAddress;
  readonly fingerprint: () => Fingerprint;
  readonly key: () => Promise<string>;
};
type Answer = { readonly status: 200 | 404 | 503; readonly type: string; readonly body: string };

/** Milliseconds for a whole request, and of silence while it is answered. */
const REQUEST_TIMEOUT_MS = 30_000;
const NOT_FOUND: Answer = { status: 404, type: 'text/plain', body: 'Not found\n' };
const BAD_REQUEST =
  'HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 10\r\nConnection: close\r\n\r\nNot found\n';

/**
 * HKP servers (PROTOCOL.md 6), one for each identity behind a door of its own. `sockets` absent: loopback ports, which
 * every user of the machine can reach. Everything but the one key is the
 * same 404; no header tells the software or the time of day.
 */
export function createKeyServers(o: { sockets?: Pick<PrivateSockets, 'next' | 'isThere'> } = {}): KeyServers {
  return {
    start: async (served) => {
      const server = createServer({
        maxHeaderSize: MAX_HKP_REQUEST_BYTES,
        requestTimeout: REQUEST_TIMEOUT_MS,
        headersTimeout: REQUEST_TIMEOUT_MS,
        connectionsCheckingInterval: 5_000,
      });
      server.maxConnections = MAX_HKP_CONNECTIONS;
      server.setTimeout(REQUEST_TIMEOUT_MS, (socket) => socket.destroy());
      const answer = (request: IncomingMessage, response: ServerResponse): void =>
        void respond(served, request, response);
      server.on('request', answer).on('checkContinue', answer).on('checkExpectation', answer);
      server.on('clientError', (_error, socket) => refuse(socket));
      const path = await o.sockets?.next();
      const local = await listen(server, path);
      return path === undefined ? local : { ...local, isOpen: async () => (await o.sockets?.isThere(path)) ?? true };
    },
  };
}

async function respond(o: ServedKey, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // What else a request brings is not read; the connection ends with the answer.
  request.on('error', () => undefined);
  response.on('error', () => undefined);
  response.sendDate = false;
  const { status, type, body } = await answerTo(o, request);
  const length = Buffer.byteLength(body);
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': length, Connection: 'close' });
  response.end(request.method === 'HEAD' ? undefined : body);
}

async function answerTo(o: ServedKey, request: IncomingMessage): Promise<Answer> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return NOT_FOUND;
  const served = { address: o.address, fingerprint: o.fingerprint() };
  const lookup = readLookup(request.url ?? '', served);
  if (lookup === undefined) return NOT_FOUND;
  if (lookup === 'index') return { status: 200, type: 'text/plain', body: writeIndex(served) };
  try {
    return { status: 200, type: 'application/pgp-keys', body: await o.key() };
  } catch {
    return { status: 503, type: 'text/plain', body: 'Try again later\n' };
  }
}

/** A malformed request gets the answer of a request for a key that is not here. */
function refuse(socket: Duplex): void {
  if (socket.writable) socket.end(BAD_REQUEST);
  else socket.destroy();
}

async function listen(server: Server, path: string | undefined): Promise<LocalServer> {
  const place = path === undefined ? { host: '127.0.0.1', port: 0 } : { path };
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(place, () => {
      server.off('error', reject);
      // Out of file handles for a moment: peers ask again.
      server.on('error', () => undefined);
      resolve();
    });
  });
  const door = path ?? (server.address() as AddressInfo).port;
  return { door, stop: () => stop(server) };
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
