import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import type { DialOutcome } from '../ports/onion';

export type Direction = 'there' | 'back';

/** Looks at octets before they go on; what it returns goes on, at once. */
export type Watch = (direction: Direction, chunk: Buffer) => Buffer;

/**
 * A connection that passes through the test: `watch` sees every piece in the order it comes, and may do something at
 * just that moment. Either end closes the other, as a circuit does. Not for large mail: nothing is held back.
 */
export async function throughWire(dialled: DialOutcome, watch: Watch): Promise<DialOutcome> {
  if (dialled.outcome !== 'connected') return dialled;
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const near = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [inner] = (await once(server, 'connection')) as [Socket];
  server.close();
  pass({ from: inner, to: dialled.socket, seen: (chunk) => watch('there', chunk) });
  pass({ from: dialled.socket, to: inner, seen: (chunk) => watch('back', chunk) });
  return { outcome: 'connected', socket: near };
}

function pass({ from, to, seen }: { from: Socket; to: Socket; seen: (chunk: Buffer) => Buffer }): void {
  from.on('data', (chunk: Buffer) => {
    const rest = seen(chunk);
    if (!to.destroyed && rest.length > 0) to.write(rest);
  });
  from.on('end', () => to.end());
  from.on('error', () => to.destroy());
  from.on('close', () => to.destroySoon());
}
