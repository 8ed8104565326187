import { socksStream } from './socks-stream';
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
  onion: { readonly host: string; readonly port: number },
): Promise<SocksAnswer> {
  const [listeners] = await tor.command('GETINFO net/listeners/socks');
  const path = /"unix:([^"]+)"/u.exec(listeners ?? '')?.[1];
  const loopback = Number(/:(\d+)"/u.exec(listeners ?? '')?.[1]);
  const began = performance.now();
  const { code, socket } = await socksStream(path === undefined ? { port: loopback } : { path }, onion);
  socket.destroy();
  return { code, ms: performance.now() - began };
}
