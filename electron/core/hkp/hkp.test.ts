import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { Fingerprint, MailAddress } from '../../../shared/ids';
import { HKP_TIMEOUT_MS, MAX_HKP_CONNECTIONS, MAX_KEY_BLOCK_BYTES } from '../domain/limits';
import type { KeyFetchOutcome } from '../ports/key-servers';
import type { DialFailure, DialOutcome } from '../ports/onion';
import type { LoopbackServer } from '../ports/smtp';
import { SettableClock } from '../testing/settable-clock';
import { createKeyFetcher } from './key-fetcher';
import { createKeyServers } from './key-server';

const onion = `${'b'.repeat(56)}.onion`;
const address = MailAddress.parse(`bob@${onion}`);
const fingerprint = Fingerprint.parse('0123456789ABCDEF0123456789ABCDEF01234567');
const armored = '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nxjMEXg4=\n-----END PGP PUBLIC KEY BLOCK-----\n';
const cleanUps: (() => unknown)[] = [];
const run = promisify(execFile);

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function serving(key: () => Promise<string> = () => Promise.resolve(armored)): Promise<LoopbackServer> {
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

const get = (port: number, target: string, method = 'GET'): Promise<string> => talk(port, `${method} ${target} HTTP/1.1\r\nHost: x\r\n\r\n`);

describe('the key server', () => {
  it.each([address, encodeURIComponent(address), onion, `0x${fingerprint}`, `0x${fingerprint.toLowerCase()}`, `0x${fingerprint.slice(-16)}`])('gives its key to who asks for %s', async (search) => {
    const { port } = await serving();
    const answer = await get(port, `/pks/lookup?op=get&options=mr&search=${search}`);
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(answer).toContain('Content-Type: application/pgp-keys');
    expect(answer.endsWith(armored)).toBe(true);
  });

  it('tells neither the time nor the software', async () => {
    const { port } = await serving();
    for (const target of [`/pks/lookup?op=get&search=${address}`, '/', '/pks/lookup?op=index&search=x']) {
      expect(await get(port, target)).not.toMatch(/^(date|server|x-powered-by|keep-alive):/im);
    }
  });

  it('answers HEAD without a body', async () => {
    const { port } = await serving();
    expect(await get(port, `/pks/lookup?op=get&search=${address}`, 'HEAD')).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\n$/);
  });

  it('has an index for machines', async () => {
    const { port } = await serving();
    expect(await get(port, `/pks/lookup?op=index&options=mr&search=${address}`)).toContain(`\r\n\r\ninfo:1:1\npub:${fingerprint}:22:256:::\nuid:<${address}>:::\n`);
  });

  it('gives the same answer to everything else', async () => {
    const { port } = await serving();
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
    const { port } = await serving(() => Promise.reject(new Error('locked')));
    expect(await get(port, `/pks/lookup?op=get&search=${address}`)).toMatch(/^HTTP\/1\.1 503 /);
  });

  it('limits its connections and stops with some open', async () => {
    const server = await serving();
    const sockets = Array.from({ length: MAX_HKP_CONNECTIONS + 5 }, () => connect(server.port, '127.0.0.1').on('error', () => undefined));
    let closed = 0;
    for (const socket of sockets) socket.on('close', () => (closed += 1)).resume();
    while (closed < 5) await new Promise((resolve) => setImmediate(resolve));
    await server.stop();
    await Promise.all(sockets.filter((socket) => !socket.closed).map((socket) => once(socket, 'close')));
  });

  it('serves gpg, which imports the key', { timeout: 60_000 }, async () => {
    const homes = await Promise.all(['a', 'b'].map((name) => mkdtemp(join(tmpdir(), `hkp-${name}-`))));
    const [theirs = '', ours = ''] = homes;
    const gpg = (home: string, ...parameters: string[]): Promise<{ stdout: string; stderr: string }> => run('gpg', ['--homedir', home, '--batch', '--no-tty', ...parameters]);
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
    const server = await createKeyServers().start({ address, fingerprint: () => real, key: () => Promise.resolve(key) });
    cleanUps.push(() => server.stop());
    const keyserver = `hkp://127.0.0.1:${String(server.port)}`;
    await gpg(ours, '--keyserver', keyserver, '--recv-keys', `0x${real}`);
    expect((await gpg(ours, '--with-colons', '--list-keys')).stdout).toContain(real);
    const found = await gpg(ours, '--with-colons', '--keyserver', keyserver, '--search-keys', address);
    expect(found.stdout).toContain(`pub:${real}`);
  });
});

/** A connection to a port of this machine, as tor would open it. */
const dialTo = (port: number) => (): Promise<DialOutcome> => {
  const socket = connect(port, '127.0.0.1');
  cleanUps.push(() => socket.destroy());
  return new Promise((resolve) => {
    socket.once('connect', () => resolve({ outcome: 'connected', socket }));
  });
};

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const fetchOver = (dial: () => Promise<DialOutcome>, clock = new SettableClock()): Promise<KeyFetchOutcome> => createKeyFetcher({ clock }).fetch({ address, dial });

async function fetchFrom(serve: RequestListener): Promise<KeyFetchOutcome> {
  const server = createHttpServer(serve);
  cleanUps.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return fetchOver(dialTo(await listen(server)));
}

describe('the key fetcher', () => {
  it('gets what our server serves', async () => {
    const { port } = await serving();
    const outcome = await fetchOver(dialTo(port));
    expect(outcome.outcome === 'found' && Buffer.from(outcome.block).toString()).toBe(armored);
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
    const outcome = await fetchFrom((_request, response) => {
      requests += 1;
      response.writeHead(302, { Location: 'http://127.0.0.1/elsewhere' }).end();
    });
    expect(outcome).toEqual({ outcome: 'not-found' });
    expect(requests).toBe(1);
  });

  it.each<[string, RequestListener, KeyFetchOutcome]>([
    ['404', (_request, response) => void response.writeHead(404).end('x'), { outcome: 'not-found' }],
    ['an empty answer', (_request, response) => void response.end(), { outcome: 'not-found' }],
    ['503', (_request, response) => void response.writeHead(503).end(), { outcome: 'unreachable', reason: 'busy' }],
    ['a key too large', (_request, response) => void response.end(Buffer.alloc(MAX_KEY_BLOCK_BYTES + 1)), { outcome: 'not-found' }],
    ['half a key', (_request, response) => void response.writeHead(200, { 'Content-Length': 1_000 }).write('half', () => response.destroy()), { outcome: 'unreachable', reason: 'interrupted' }],
    ['headers without end', (_request, response) => void response.writeHead(200, { 'X-A': 'x'.repeat(100_000) }).end('x'), { outcome: 'unreachable', reason: 'interrupted' }],
    ['no answer', (_request, response) => void response.destroy(), { outcome: 'unreachable', reason: 'interrupted' }],
  ])('%s', async (_what, serve, expected) => {
    expect(await fetchFrom(serve)).toEqual(expected);
  });

  it.each<[DialFailure, KeyFetchOutcome]>([
    ['offline', { outcome: 'unreachable', reason: 'offline' }],
    ['no-service', { outcome: 'unreachable', reason: 'no-mail-service' }],
    ['timed-out', { outcome: 'unreachable', reason: 'timed-out' }],
    ['needs-auth', { outcome: 'unreachable', reason: 'offline' }],
    ['tor-offline', { outcome: 'unreachable', reason: 'offline' }],
  ])('is told by tor: %s', async (failure, expected) => {
    expect(await fetchOver(() => Promise.resolve({ outcome: 'failed', failure }))).toEqual(expected);
  });

  it('gives up in time, and hangs up', async () => {
    const clock = new SettableClock();
    const heard: Socket[] = [];
    const server = createServer((socket) => void heard.push(socket.on('error', () => undefined)));
    cleanUps.push(() => server.close());
    const fetching = fetchOver(dialTo(await listen(server)), clock);
    while (heard.length === 0) await new Promise((resolve) => setImmediate(resolve));
    clock.advance(HKP_TIMEOUT_MS);
    expect(await fetching).toEqual({ outcome: 'unreachable', reason: 'timed-out' });
    if (heard[0] && !heard[0].closed) await once(heard[0].resume(), 'close');
  });

  it('is broken off while it is dialled, and a connection that comes too late is closed', async () => {
    const { port } = await serving();
    const abort = new AbortController();
    let dialled: DialOutcome | undefined;
    let goOn: () => void = () => undefined;
    const late = async (): Promise<DialOutcome> => {
      await new Promise<void>((resolve) => (goOn = resolve));
      dialled = await dialTo(port)();
      return dialled;
    };
    const fetching = createKeyFetcher({ clock: new SettableClock() }).fetch({ address, dial: late, signal: abort.signal });
    abort.abort();
    expect(await fetching).toEqual({ outcome: 'unreachable', reason: 'interrupted' });
    goOn();
    while (dialled?.outcome !== 'connected' || !dialled.socket.destroyed) await new Promise((resolve) => setImmediate(resolve));
  });
});
