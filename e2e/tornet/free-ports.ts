import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:net';

/**
 * Below the range from which the kernel takes the ports of outgoing connections, so that none of them can take ours.
 */
const LOWEST = 20_000;
const HIGHEST = 32_000;

/**
 * Finds TCP ports of 127.0.0.1 by binding them all and letting go.
 * @throws when far too many are taken
 */
export async function findFreePorts(count: number): Promise<number[]> {
  const held: { server: Server; port: number }[] = [];
  for (let tries = 0; held.length < count && tries < count * 50; tries += 1) {
    const port = randomInt(LOWEST, HIGHEST);
    const server = await bind(port);
    if (server) held.push({ server, port });
  }
  await Promise.all(held.map(({ server }) => new Promise((resolve) => server.close(resolve))));
  if (held.length < count) throw new Error('No free ports on 127.0.0.1 for the private Tor network');
  return held.map(({ port }) => port);
}

function bind(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => resolve(server));
  });
}
