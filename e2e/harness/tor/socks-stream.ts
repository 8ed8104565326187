import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';

/** Where a tor takes streams: a port of 127.0.0.1, or a Unix socket. */
export type SocksPlace = { readonly port: number } | { readonly path: string };

/** What stands before the reply's address (RFC 1928 6), and an address of IPv4 with its port, as tor always answers. */
const REPLY_OCTETS = 10;

/**
 * Asks a tor for a stream to an onion, on circuits of its own. The stream is paused, so that nothing of it is missed;
 * `code` is 0 when it is there, and else tor's reason (extended codes from 0xf0 on).
 */
export async function socksStream(
  place: SocksPlace,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<{ readonly code: number; readonly socket: Socket }> {
  const socket = 'path' in place ? connect(place.path) : connect(place.port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    const user = Buffer.from(randomUUID());
    await ask(socket, Uint8Array.of(5, 1, 2));
    await ask(socket, Buffer.concat([Uint8Array.of(1, user.length), user, Uint8Array.of(1, 0x78)]));
    const reply = await ask(
      socket,
      Buffer.concat([Uint8Array.of(5, 1, 0, 3, host.length), Buffer.from(host), Uint8Array.of(port >> 8, port & 0xff)]),
    );
    socket.pause();
    if (reply.length > REPLY_OCTETS) socket.unshift(reply.subarray(REPLY_OCTETS));
    return { code: reply[1] ?? -1, socket };
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

async function ask(socket: Socket, octets: Uint8Array): Promise<Buffer> {
  socket.write(octets);
  const [reply] = (await once(socket, 'data')) as [Buffer];
  return reply;
}
