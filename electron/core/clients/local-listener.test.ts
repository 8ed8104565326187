import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import type { ClientConnection } from '../ports/client-servers';
import type { LocalServer } from '../ports/local-server';
import { listenLocally, type Protocol } from './local-listener';

const servers: LocalServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

/** A port that nothing listens on now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function listen(
  port: number,
  serve: Protocol['serve'] = (socket) => void socket.write('hello\r\n'),
): Promise<LocalServer> {
  const server = await listenLocally(port, { serve, stop: () => Promise.resolve() });
  servers.push(server);
  return server;
}

async function visit(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'data');
  return socket;
}

describe('a listener for mail programs', () => {
  it('is on 127.0.0.1, and on no other address of the machine', async () => {
    const port = await freePort();
    await listen(port);
    (await visit(port)).destroy();
    const others = Object.values(networkInterfaces())
      .flatMap((each) => each ?? [])
      .filter(({ address, family }) => family === 'IPv4' && address !== '127.0.0.1')
      .map(({ address }) => address);
    for (const address of [...others, '::1', '127.0.0.2']) {
      const [error] = (await once(connect(port, address), 'error')) as [NodeJS.ErrnoException];
      expect(error.code).toMatch(/ECONNREFUSED|EADDRNOTAVAIL|EAFNOSUPPORT/);
    }
  });

  it('says in plain words that another program has the port, and leaves that alone', async () => {
    const port = await freePort();
    await listen(port);
    await expect(listenLocally(port, { serve: () => undefined, stop: () => Promise.resolve() })).rejects.toMatchObject({
      code: 'port-refused',
      message: expect.stringContaining('Another program of this computer uses this port') as string,
    });
    (await visit(port)).destroy();
  });

  it('cuts one connection off, and all when it stops; the port is free then', async () => {
    const port = await freePort();
    const connections: ClientConnection[] = [];
    const server = await listen(port, (socket, connection) => {
      connections.push(connection);
      socket.write('hello\r\n');
    });
    const [first, second] = [await visit(port), await visit(port)];
    const firstClosed = once(first, 'close');
    connections[0]?.cut();
    await firstClosed;
    await connections[0]?.ended;
    expect(second.closed).toBe(false);
    const secondClosed = once(second, 'close');
    await server.stop();
    await secondClosed;
    await connections[1]?.ended;
    await listen(port);
  });

  it('outlives programs that vanish in the middle', async () => {
    const port = await freePort();
    await listen(port);
    const socket = await visit(port);
    socket.resetAndDestroy();
    (await visit(port)).destroy();
  });
});
