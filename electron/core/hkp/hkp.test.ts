import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { Fingerprint, MailAddress, OnionHost } from '../../../shared/ids';
import { HKP_TIMEOUT_MS, MAX_HKP_CONNECTIONS } from '../domain/limits';
import { MAX_KEY_BLOCK_BYTES } from '../domain/key-limits';
import type { KeyFetchOutcome } from '../ports/key-servers';
import type { LocalServer } from '../ports/local-server';
import type { SocksProxy } from '../ports/onion';
import { createPrivateSockets } from '../runtime/private-sockets';
import { SettableClock } from '../testing/settable-clock';
import { createKeyFetcher } from './key-fetcher';
import { createKeyServers } from './key-server';

const onion = OnionHost.parse(`${'b'.repeat(56)}.onion`);
const address = MailAddress.parse(`bob@${onion}`);
const fingerprint = Fingerprint.parse('0123456789ABCDEF0123456789ABCDEF01234567');
const armored = '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nxjMEXg4=\n-----END PGP PUBLIC KEY BLOCK-----\n';
const isolation = { user: 'identity:one/two', password: 'pass@word?' };
const cleanUps: (() => unknown)[] = [];
const run = promisify(execFile);

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function portOf(key?: () => Promise<string>): Promise<number> {
  return Number((await serving(key)).door);
}

async function serving(key: () => Promise<string> = () => Promise.resolve(armored)): Promise<LocalServer> {
  const server = await createKeyServers().start({ address, fingerprint: () => fingerprint, key });
  cleanUps.push(() => server.stop());
  return server;
}

/** All octets of the answer to these octets. */
async function talk(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let heard = '';
  socket.on('data', (chunk: Buffer) => void (heard += chunk.toString('latin1')));
  socket.on('error', () => undefined);
  socket.write(text);
  await once(socket, 'close');
  return heard;
}

const get = (port: number, target: string, method = 'GET'): Promise<string> =>
  talk(port, `${method} ${target} HTTP/1.1\r\nHost: x\r\n\r\n`);

describe('the key server', () => {
  it.each([
    address,
    encodeURIComponent(address),
    onion,
    `0x${fingerprint}`,
    `0x${fingerprint.toLowerCase()}`,
    `0x${fingerprint.slice(-16)}`,
  ])('gives its key to who asks for %s', async (search) => {
    const port = await portOf();
    const answer = await get(port, `/pks/lookup?op=get&options=mr&search=${search}`);
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(answer).toContain('Content-Type: application/pgp-keys');
    expect(answer.endsWith(armored)).toBe(true);
  });

  it('tells neither the time nor the software', async () => {
    const port = await portOf();
    for (const target of [`/pks/lookup?op=get&search=${address}`, '/', '/pks/lookup?op=index&search=x']) {
      expect(await get(port, target)).not.toMatch(/^(date|server|x-powered-by|keep-alive):/im);
    }
  });

  it('answers HEAD without a body', async () => {
    const port = await portOf();
    expect(await get(port, `/pks/lookup?op=get&search=${address}`, 'HEAD')).toMatch(
      /^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\n$/,
    );
  });

  it('has an index for machines', async () => {
    const port = await portOf();
    expect(await get(port, `/pks/lookup?op=index&options=mr&search=${address}`)).toContain(
      `\r\n\r\ninfo:1:1\npub:${fingerprint}:22:256:::\nuid:<${address}>:::\n`,
    );
  });

  it('gives the same answer to everything else', async () => {
    const port = await portOf();
    const answers = await Promise.all([
      get(port, '/'),
      get(port, '/pks/lookup'),
      get(port, '/pks/lookup?op=get&search=bob'),
      get(port, `/pks/lookup?op=get&search=alice@${onion}`),
      get(port, `/pks/lookup?op=get&search=${address.toUpperCase()}`),
      get(port, '/pks/lookup?op=get&search=0x67'),
      get(port, `/pks/lookup?op=vindex&search=${address}`),
      get(port, `/pks/lookup/?op=get&search=${address}`),
      get(port, `/pks/lookup?op=get&search=${address}`, 'POST'),
      get(port, `/pks/lookup?op=get&search=${address}`, 'DELETE'),
      get(port, '/../../etc/passwd'),
      get(port, '/pks/lookup?op=get&search=%ff%00'),
      get(port, `/${'x'.repeat(20_000)}`),
      talk(port, 'garbage\r\n\r\n'),
      talk(port, `GET / HTTP/1.1\r\nHost: x\r\nExpect: strange\r\n\r\n`),
    ]);
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/);
  });

  it('asks to come back when the key is not to be had now', async () => {
    const port = await portOf(() => Promise.reject(new Error('locked')));
    expect(await get(port, `/pks/lookup?op=get&search=${address}`)).toMatch(/^HTTP\/1\.1 503 /);
  });

  it('limits its connections and stops with some open', async () => {
    const server = await serving();
    const sockets = Array.from({ length: MAX_HKP_CONNECTIONS + 5 }, () =>
      connect(Number(server.door), '127.0.0.1').on('error', () => undefined),
    );
    let closed = 0;
    for (const socket of sockets) socket.on('close', () => (closed += 1)).resume();
    while (closed < 5) await new Promise((resolve) => setImmediate(resolve));
    await server.stop();
    await Promise.all(sockets.filter((socket) => !socket.closed).map((socket) => once(socket, 'close')));
  });

  it('serves gpg, which imports the key', async () => {
    const homes = await Promise.all(['a', 'b'].map((name) => mkdtemp(join(tmpdir(), `hkp-${name}-`))));
    const [theirs = '', ours = ''] = homes;
    const gpg = (home: string, ...parameters: string[]): Promise<{ stdout: string; stderr: string }> =>
      run('gpg', ['--homedir', home, '--batch', '--no-tty', ...parameters]);
    cleanUps.push(async () => {
      for (const home of homes) {
        await run('gpgconf', ['--homedir', home, '--kill', 'all']);
        await rm(home, { recursive: true, force: true });
      }
    });
    await gpg(theirs, '--passphrase', '', '--quick-gen-key', `<${address}>`, 'ed25519', 'cert', '0');
    const { stdout: key } = await gpg(theirs, '--armor', '--export', address);
    const { stdout: listed } = await gpg(theirs, '--with-colons', '--list-keys');
    const real = Fingerprint.parse(/^fpr:+([0-9A-F]{40}):/m.exec(listed)?.[1]);
    const server = await createKeyServers().start({
      address,
      fingerprint: () => real,
      key: () => Promise.resolve(key),
    });
    cleanUps.push(() => server.stop());
    const keyserver = `hkp://127.0.0.1:${String(server.door)}`;
    await gpg(ours, '--keyserver', keyserver, '--recv-keys', `0x${real}`);
    expect((await gpg(ours, '--with-colons', '--list-keys')).stdout).toContain(real);
    const found = await gpg(ours, '--with-colons', '--keyserver', keyserver, '--search-keys', address);
    expect(found.stdout).toContain(`pub:${real}`);
  });
});

type Asked = { readonly user: string; readonly password: string; readonly host: string; readonly port: number };

/** A SOCKS5 proxy (RFC 1928, 1929) that leads every name to one port of this machine, or answers with an error. */
async function socksProxy(o: {
  target?: number;
  reply?: number;
  silent?: boolean;
}): Promise<{ port: number; asked: Asked[]; sockets: Socket[] }> {
  const asked: Asked[] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    if (o.silent) return;
    socket.once('data', () => {
      socket.write(Buffer.from([5, 2]));
      socket.once('data', (login: Buffer) => {
        const userLength = login[1] ?? 0;
        const user = login.toString('latin1', 2, 2 + userLength);
        const password = login.toString('latin1', 3 + userLength);
        socket.write(Buffer.from([1, 0]));
        socket.once('data', (head: Buffer) => {
          const length = head[4] ?? 0;
          asked.push({
            user,
            password,
            host: head[3] === 3 ? head.toString('latin1', 5, 5 + length) : 'an address',
            port: head.readUInt16BE(5 + length),
          });
          socket.write(Buffer.from([5, o.reply ?? 0, 0, 1, 0, 0, 0, 0, 0, 0]));
          if (o.target === undefined) return;
          const onward = connect(o.target, '127.0.0.1');
          onward.on('error', () => socket.destroy());
          socket.on('close', () => onward.destroy());
          socket.pipe(onward).pipe(socket);
        });
      });
    });
  });
  const port = await listen(server);
  cleanUps.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port, asked, sockets };
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const fetchThrough = (port: number, clock = new SettableClock()): Promise<KeyFetchOutcome> =>
  fetchBy({ host: '127.0.0.1', port }, clock);

const fetchBy = (proxy: SocksProxy, clock = new SettableClock()): Promise<KeyFetchOutcome> =>
  createKeyFetcher({ clock }).fetch({
    address,
    at: onion,
    isolation,
    place: () => Promise.resolve({ proxy, leave: () => undefined }),
  });

async function fetchFrom(serve: RequestListener): Promise<{ outcome: KeyFetchOutcome; asked: Asked[] }> {
  const server = createHttpServer(serve);
  const proxy = await socksProxy({ target: await listen(server) });
  cleanUps.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return { outcome: await fetchThrough(proxy.port), asked: proxy.asked };
}

describe('the key fetcher', () => {
  it('asks the onion by name, with its own circuit, and gets what our server serves', async () => {
    const server = await serving();
    const proxy = await socksProxy({ target: Number(server.door) });
    const outcome = await fetchThrough(proxy.port);
    expect(outcome.outcome === 'found' && Buffer.from(outcome.block).toString()).toBe(armored);
    expect(proxy.asked).toEqual([{ ...isolation, host: onion, port: 80 }]);
  });

  it('asks by a Unix socket of tor in the same way', async () => {
    const server = await serving();
    const proxy = await socksProxy({ target: Number(server.door) });
    const sockets = createPrivateSockets({
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    });
    const path = (await sockets.next()) ?? '';
    const relay = createServer((near) => void near.pipe(connect(proxy.port, '127.0.0.1')).pipe(near)).listen(path);
    await once(relay, 'listening');
    const outcome = await fetchBy({ path });
    relay.close();
    await sockets.close();
    expect(outcome.outcome === 'found' && Buffer.from(outcome.block).toString()).toBe(armored);
    expect(proxy.asked).toEqual([{ ...isolation, host: onion, port: 80 }]);
  });

  it('says nothing about itself', async () => {
    let headers: Record<string, unknown> = {};
    let url = '';
    await fetchFrom((asked, response) => {
      headers = asked.headers;
      url = asked.url ?? '';
      response.end(armored);
    });
    expect(Object.keys(headers).sort()).toEqual(['accept', 'connection', 'host']);
    expect(headers['host']).toBe(onion);
    expect(url).toBe(`/pks/lookup?op=get&options=mr&search=${encodeURIComponent(address)}`);
  });

  it('follows no redirect', async () => {
    let requests = 0;
    const { outcome, asked } = await fetchFrom((_request, response) => {
      requests += 1;
      response.writeHead(302, { Location: 'http://127.0.0.1/elsewhere' }).end();
    });
    expect(outcome).toEqual({ outcome: 'not-found' });
    expect([requests, asked.length]).toEqual([1, 1]);
  });

  it.each<[string, RequestListener, KeyFetchOutcome]>([
    ['404', (_request, response) => void response.writeHead(404).end('x'), { outcome: 'not-found' }],
    ['an empty answer', (_request, response) => void response.end(), { outcome: 'not-found' }],
    ['503', (_request, response) => void response.writeHead(503).end(), { outcome: 'unreachable', reason: 'busy' }],
    [
      'a key too large',
      (_request, response) => void response.end(Buffer.alloc(MAX_KEY_BLOCK_BYTES + 1)),
      { outcome: 'not-found' },
    ],
    [
      'half a key',
      (_request, response) =>
        void response.writeHead(200, { 'Content-Length': 1_000 }).write('half', () => response.destroy()),
      { outcome: 'unreachable', reason: 'interrupted' },
    ],
    [
      'headers without end',
      (_request, response) => void response.writeHead(200, { 'X-A': 'x'.repeat(100_000) }).end('x'),
      { outcome: 'unreachable', reason: 'interrupted' },
    ],
    ['no answer', (_request, response) => void response.destroy(), { outcome: 'unreachable', reason: 'interrupted' }],
  ])('%s', async (_what, serve, expected) => {
    expect((await fetchFrom(serve)).outcome).toEqual(expected);
  });

  it.each<[string, number, KeyFetchOutcome]>([
    ['host unreachable', 4, { outcome: 'unreachable', reason: 'offline' }],
    ['connection refused', 5, { outcome: 'unreachable', reason: 'no-mail-service' }],
    ['TTL expired', 6, { outcome: 'unreachable', reason: 'timed-out' }],
    ["tor's «onion descriptor not found»", 0xf0, { outcome: 'unreachable', reason: 'offline' }],
    ["tor's «introduction timed out»", 0xf7, { outcome: 'unreachable', reason: 'offline' }],
  ])('%s', async (_what, reply, expected) => {
    expect(await fetchThrough((await socksProxy({ reply })).port)).toEqual(expected);
  });

  it('is offline when there is no proxy', async () => {
    const server = createServer();
    const port = await listen(server);
    server.close();
    await once(server, 'close');
    expect(await fetchThrough(port)).toEqual({ outcome: 'unreachable', reason: 'offline' });
  });

  it('gives up in time', async () => {
    for (const silent of [true, false]) {
      const clock = new SettableClock();
      const stalled = createServer((socket) => void cleanUps.push(() => socket.destroy()));
      const proxy = await socksProxy(silent ? { silent } : { target: await listen(stalled) });
      cleanUps.push(() => stalled.close());
      const fetching = fetchThrough(proxy.port, clock);
      while (silent ? proxy.sockets.length === 0 : proxy.asked.length === 0)
        await new Promise((resolve) => setImmediate(resolve));
      clock.advance(HKP_TIMEOUT_MS);
      expect(await fetching).toEqual({ outcome: 'unreachable', reason: 'timed-out' });
    }
  });
});
