import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import type { TorControl } from './tor-control';

/**
 * What tor's SOCKS port said to one connect (RFC 1928; tor's extended codes from 0xf0 on), and milliseconds until it
 * did.
 */
export type SocksAnswer = { readonly code: number; readonly ms: number };

/**
 * Asks a person's tor for a stream to an onion, as a program beside Posthorn would: on circuits of its own, whatever it
 * may be told.
 */
export async function socksDial(
  tor: TorControl,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<SocksAnswer> {
  const [listeners] = await tor.command('GETINFO net/listeners/socks');
  const path = /"unix:([^"]+)"/u.exec(listeners ?? '')?.[1];
  const loopback = Number(/:(\d+)"/u.exec(listeners ?? '')?.[1]);
  const socket = path === undefined ? connect(loopback, '127.0.0.1') : connect(path);
  const began = performance.now();
  try {
    await once(socket, 'connect');
    const user = Buffer.from(randomUUID());
    await ask(socket, Uint8Array.of(5, 1, 2));
    await ask(socket, Buffer.concat([Uint8Array.of(1, user.length), user, Uint8Array.of(1, 0x78)]));
    const reply = await ask(
      socket,
      Buffer.concat([Uint8Array.of(5, 1, 0, 3, host.length), Buffer.from(host), Uint8Array.of(port >> 8, port & 0xff)]),
    );
    return { code: reply[1] ?? -1, ms: performance.now() - began };
  } finally {
    socket.destroy();
  }
}

async function ask(socket: Socket, octets: Uint8Array): Promise<Buffer> {
  socket.write(octets);
  const [reply] = (await once(socket, 'data')) as [Buffer];
  return reply;
}
