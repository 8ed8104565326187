import { connect, type Socket } from 'node:net';
import type { DialFailure, DialOutcome, Isolation, SocksProxy } from '../ports/onion';
import type { Clock } from '../ports/runtime';

export type SocksConnectOptions = {
  readonly proxy: SocksProxy;
  /** A name that `checkOnionAddress` found good; anything else is not sent anywhere. */
  readonly host: string;
  readonly port: number;
  readonly isolation: Isolation;
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly check: (host: string) => string;
  /** The stream is not wanted any more. */
  readonly signal?: AbortSignal;
};

/** Replies of RFC 1928, 6, and tor's extended ones (socks-extensions; SocksPort flag ExtendedErrors). */
const FAILURES: ReadonlyMap<number, DialFailure> = new Map([
  [0x02, 'refused-locally'],
  [0x05, 'no-service'],
  [0xf0, 'offline'],
  [0xf2, 'gone'],
  [0xf4, 'needs-auth'],
  [0xf5, 'needs-auth'],
  [0xf6, 'bad-address'],
]);
const ADDRESS_BYTES: ReadonlyMap<number, number> = new Map([
  [0x01, 4],
  [0x04, 16],
]);

/**
 * Opens a stream to an onion service through tor (RFC 1928 CONNECT, RFC 1929). Nothing is looked up and nothing but
 * loopback is connected to. What the network does is an outcome; nothing is thrown for it.
 */
export async function socks5Connect(options: SocksConnectOptions): Promise<DialOutcome> {
  if (options.check(options.host) !== 'ok') return { outcome: 'failed', failure: 'bad-address' };
  const request = encodeRequest(options);
  if (request === undefined) return { outcome: 'failed', failure: 'refused-locally' };
  const socket = connect(options.proxy);
  let failure: DialFailure = 'temporary';
  socket.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ECONNREFUSED' || error.code === 'ENOENT') failure = 'tor-offline';
  });
  const cancel = options.clock.setTimer(options.timeoutMs, () => {
    failure = 'timed-out';
    socket.destroy();
  });
  const abort = () => {
    socket.destroy();
  };
  options.signal?.addEventListener('abort', abort, { once: true });
  const answer = await converse(socket, request);
  cancel();
  options.signal?.removeEventListener('abort', abort);
  if (answer === 'connected') return { outcome: 'connected', socket };
  socket.destroy();
  return { outcome: 'failed', failure: answer ?? failure };
}

type Request = { readonly credentials: Buffer; readonly connect: Buffer };

function encodeRequest(options: SocksConnectOptions): Request | undefined {
  const user = Buffer.from(options.isolation.user, 'utf8');
  const password = Buffer.from(options.isolation.password, 'utf8');
  const fits = (bytes: Buffer) => bytes.length >= 1 && bytes.length <= 255;
  const validPort = Number.isInteger(options.port) && options.port >= 1 && options.port <= 65_535;
  if (!fits(user) || !fits(password) || !validPort) return undefined;
  const host = Buffer.from(options.host, 'latin1');
  const port = Buffer.alloc(2);
  port.writeUInt16BE(options.port);
  return {
    credentials: Buffer.concat([Uint8Array.of(1, user.length), user, Uint8Array.of(password.length), password]),
    connect: Buffer.concat([Uint8Array.of(5, 1, 0, 3, host.length), host, port]),
  };
}

/** The whole conversation; undefined when the connection ended before its end. */
async function converse(socket: Socket, request: Request): Promise<'connected' | DialFailure | undefined> {
  socket.write(Uint8Array.of(5, 1, 2));
  const method = await readExactly(socket, 2);
  if (!method) return undefined;
  if (method[0] !== 5 || method[1] !== 2) return 'temporary';
  socket.write(request.credentials);
  const accepted = await readExactly(socket, 2);
  if (!accepted) return undefined;
  if (accepted[1] !== 0) return 'temporary';
  socket.write(request.connect);
  return readReply(socket);
}

async function readReply(socket: Socket): Promise<'connected' | DialFailure | undefined> {
  const head = await readExactly(socket, 4);
  if (!head) return undefined;
  if (head[0] !== 5) return 'temporary';
  const code = head[1] ?? 1;
  if (code !== 0) return FAILURES.get(code) ?? 'temporary';
  const addressBytes = ADDRESS_BYTES.get(head[3] ?? 0);
  if (addressBytes === undefined) return 'temporary';
  return (await readExactly(socket, addressBytes + 2)) ? 'connected' : undefined;
}

/** Reads so many octets and leaves the rest in the socket for its next reader: an SMTP server speaks first. */
function readExactly(socket: Socket, length: number): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const attempt = () => {
      const gone = socket.destroyed || socket.readableEnded;
      const bytes: unknown = gone ? undefined : socket.read(length);
      // At the end of a stream read() gives what is left, which is too little then.
      if (bytes instanceof Buffer) finish(bytes.length === length ? bytes : undefined);
      else if (gone) finish(undefined);
    };
    const ended = () => finish(undefined);
    const finish = (bytes: Buffer | undefined) => {
      socket.removeListener('readable', attempt);
      socket.removeListener('end', ended);
      socket.removeListener('close', ended);
      resolve(bytes);
    };
    socket.on('readable', attempt);
    socket.once('end', ended);
    socket.once('close', ended);
    attempt();
  });
}
