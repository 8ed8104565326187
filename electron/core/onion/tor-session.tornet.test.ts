import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OnionHost } from '../../../shared/ids';
import type { DialOutcome, PublishedOnion } from '../ports/onion';
import type { Clock } from '../ports/runtime';
import { clientAuthPublicKey } from './client-auth';
import { connectControl } from './control-client';
import { makeOnionKeys } from './onion-keys';
import { createTorSession } from './tor-session';

const clock: Clock = {
  now: () => Date.now(),
  setTimer: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};
const random = {
  bytes: (length: number) => randomBytes(length),
  uuid: () => randomUUID(),
  fraction: () => Math.random(),
};
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const keys = makeOnionKeys();

/** A real tor on the private network and the session that owns it. */
class Node {
  readonly session = createTorSession({ clock, log: silent, random });
  readonly directory = mkdtempSync(join(tmpdir(), 'posthorn-session-'));
  controlPort = 0;
  #child: ChildProcess | undefined;

  get cookiePath(): string {
    return join(this.directory, 'cookie');
  }

  async start(): Promise<void> {
    const portFile = join(this.directory, 'port');
    for (const file of [portFile, this.cookiePath]) rmSync(file, { force: true });
    const testLines = JSON.parse(process.env['POSTHORN_TEST_TORRC'] ?? '[]') as string[];
    const torrc = [
      `DataDirectory "${this.directory}"`,
      'SocksPort auto OnionTrafficOnly ExtendedErrors IsolateSOCKSAuth',
      'SocksTimeout 60',
      'ControlPort auto',
      `ControlPortWriteToFile "${portFile}"`,
      'CookieAuthentication 1',
      `CookieAuthFile "${this.cookiePath}"`,
      'GeoIPFile /dev/null',
      'GeoIPv6File /dev/null',
      'DisableNetwork 1',
      ...testLines,
    ];
    const args = ['-f', '-', '--defaults-torrc', '/nonexistent', '--__OwningControllerProcess', String(process.pid)];
    const child = spawn('tor', args, { stdio: ['pipe', 'ignore', 'ignore'] });
    child.stdin.end(torrc.join('\n'));
    this.#child = child;
    await until(
      () => existsSync(portFile) && existsSync(this.cookiePath) && readFileSync(this.cookiePath).length === 32,
    );
    this.controlPort = Number(/:(\d+)/.exec(readFileSync(portFile, 'latin1'))?.[1]);
    await this.session.setBridges([]);
    this.session.torChanged({ state: 'running', controlPort: this.controlPort, cookiePath: this.cookiePath });
  }

  async kill(): Promise<void> {
    if (!this.#child) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
    this.session.torChanged({ state: 'restarting', retryAt: Date.now() });
  }

  async stop(): Promise<void> {
    const gone =
      this.#child && this.#child.exitCode === null && this.#child.signalCode === null
        ? once(this.#child, 'exit')
        : undefined;
    await this.session.close();
    // The session owns tor: closing it is enough.
    await gone;
    rmSync(this.directory, { recursive: true, force: true });
  }

  online(): Promise<void> {
    return becomes(
      () => this.session.status().phase === 'online',
      (changed) => this.session.onStatus(changed),
    );
  }
}

/** Resolves as soon as `is` holds, asked again at each change. */
function becomes(is: () => boolean, listen: (changed: () => void) => () => void): Promise<void> {
  return new Promise((resolve) => {
    const stop = listen(() => {
      if (!is()) return;
      stop();
      resolve();
    });
    if (!is()) return;
    stop();
    resolve();
  });
}

/** For files that tor writes, for which there is no event. */
async function until(condition: () => boolean | Promise<boolean>, limitMs = 120_000): Promise<void> {
  const limit = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > limit) throw new Error('The awaited did not happen');
    await sleep(25);
  }
}

function published(onion: PublishedOnion): Promise<void> {
  return becomes(
    () => onion.state() === 'online',
    (changed) => onion.onState(changed),
  );
}

function seedOf(number: number): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, index) => (number * 37 + index * 11) & 0xff);
}

async function echoServer(): Promise<{ server: Server; port: number }> {
  const server = createServer((socket) => socket.on('error', () => socket.destroy()).pipe(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

/** Retries as the outbox does, because a descriptor that was just published is not everywhere yet. */
async function dialUntilConnected(node: Node, host: OnionHost, user = 'test'): Promise<Socket> {
  let last: DialOutcome | undefined;
  const limit = Date.now() + 120_000;
  while (Date.now() < limit) {
    last = await node.session.dial({ host, port: 25, isolation: { user, password: 'p' }, timeoutMs: 60_000 });
    if (last.outcome === 'connected') return last.socket;
    await sleep(250);
  }
  throw new Error(`Not connected: ${last?.outcome === 'failed' ? last.failure : 'never tried'}`);
}

async function echo(socket: Socket, bytes: Buffer): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  socket.write(bytes);
  for await (const part of socket) {
    parts.push(part as Buffer);
    size += (part as Buffer).length;
    if (size >= bytes.length) break;
  }
  return Buffer.concat(parts);
}

describe('two sessions on the private Tor network', () => {
  const alice = new Node();
  const bob = new Node();
  let server: Server;
  let port = 0;

  beforeAll(async () => {
    ({ server, port } = await echoServer());
    await Promise.all([alice.start(), bob.start()]);
    await Promise.all([alice.online(), bob.online()]);
  });
  afterAll(async () => {
    server.close();
    await Promise.all([alice.stop(), bob.stop()]);
  });

  test('reach each other and echo 100 kB', async () => {
    const onions = [alice.session.publish({ seed: seedOf(1), ports: [{ virtualPort: 25, target: port }] })];
    onions.push(bob.session.publish({ seed: seedOf(2), ports: [{ virtualPort: 25, target: port }] }));
    await Promise.all(onions.map(published));
    const [toBob, toAlice] = await Promise.all([
      dialUntilConnected(alice, keys.onionOf(seedOf(2))),
      dialUntilConnected(bob, keys.onionOf(seedOf(1))),
    ]);
    const bytes = Buffer.alloc(100_000, 'Posthorn');
    expect(Buffer.compare(await echo(toBob, bytes), bytes)).toBe(0);
    expect(Buffer.compare(await echo(toAlice, bytes), bytes)).toBe(0);
    // To oneself as well: that is how a service of ours is known to be reachable.
    (await dialUntilConnected(bob, keys.onionOf(seedOf(2)))).destroy();
  });

  test('tells the ways in which a peer cannot be reached apart', async () => {
    const dial = (host: OnionHost, dialPort = 25) =>
      alice.session.dial({ host, port: dialPort, isolation: { user: 'u', password: 'p' }, timeoutMs: 60_000 });
    expect(await dial(keys.onionOf(seedOf(77)))).toEqual({ outcome: 'failed', failure: 'offline' });
    expect(await dial(keys.onionOf(seedOf(2)), 26)).toEqual({ outcome: 'failed', failure: 'no-service' });
    expect(await dial('localhost' as OnionHost)).toEqual({ outcome: 'failed', failure: 'bad-address' });
  });

  test('keeps streams of different users on different circuits', async () => {
    const used = new Map<string, Set<string>>();
    const cookie = readFileSync(alice.cookiePath);
    const sockets = new Map<string, string>();
    const onEvent = (line: string) => {
      const [kind, stream = '', status, circuit = ''] = line.split(' ');
      if (kind !== 'STREAM') return;
      const user = /SOCKS_USERNAME="([^"]*)"/.exec(line)?.[1];
      if (status === 'NEW' && user !== undefined) sockets.set(stream, user);
      const owner = sockets.get(stream);
      if (status === 'SUCCEEDED' && owner !== undefined) used.set(owner, (used.get(owner) ?? new Set()).add(circuit));
    };
    const watcher = await connectControl({ port: alice.controlPort, cookie, clock, onEvent });
    await watcher.command('SETEVENTS STREAM');
    const users = ['one', 'two', 'three', 'one', 'two', 'three'];
    for (const user of users) (await dialUntilConnected(alice, keys.onionOf(seedOf(2)), user)).destroy();
    await until(() => used.size === 3);
    watcher.close();
    const circuits = [...used.values()].flatMap((set) => [...set]);
    expect(circuits.length).toBeGreaterThanOrEqual(3);
    expect(new Set(circuits).size).toBe(circuits.length);
  });

  test('a private onion admits only clients with a key, and a stream outlives a change of them', async () => {
    const [seed, secret] = [seedOf(50), seedOf(51)];
    const host = keys.onionOf(seed);
    const door = bob.session.publish({
      seed,
      ports: [{ virtualPort: 25, target: port }],
      clients: [clientAuthPublicKey(secret)],
    });
    await published(door);
    const dial = () =>
      alice.session.dial({ host, port: 25, isolation: { user: randomUUID(), password: 'p' }, timeoutMs: 60_000 });
    expect(await dial()).toEqual({ outcome: 'failed', failure: 'needs-auth' });
    alice.session.authorise({ host, authKey: seedOf(52) });
    expect(await dial()).toEqual({ outcome: 'failed', failure: 'needs-auth' });
    alice.session.authorise({ host, authKey: secret });
    const stream = await dialUntilConnected(alice, host);
    // tor forgets its keys with its network.
    await alice.session.networkChanged();
    const kept = await dialUntilConnected(alice, host);
    await door.setClients([]);
    await published(door);
    await until(async () => (await dial()).outcome === 'failed');
    expect(await dial()).toEqual({ outcome: 'failed', failure: 'needs-auth' });
    expect((await echo(kept, Buffer.from('still here'))).toString()).toBe('still here');
    for (const socket of [stream, kept]) socket.destroy();
    alice.session.authorise({ host, authKey: undefined });
    await door.withdraw();
  });

  test('publishes everything again after tor was killed', async () => {
    await bob.kill();
    expect(bob.session.status().phase).toBe('restarting');
    await bob.start();
    const socket = await dialUntilConnected(alice, keys.onionOf(seedOf(2)));
    socket.destroy();
    (await dialUntilConnected(bob, keys.onionOf(seedOf(1)))).destroy();
  });

  test('works again after a change of network', async () => {
    await Promise.all([alice.session.networkChanged(), bob.session.networkChanged()]);
    (await dialUntilConnected(alice, keys.onionOf(seedOf(2)))).destroy();
    (await dialUntilConnected(bob, keys.onionOf(seedOf(1)))).destroy();
  });

  test('brings twenty onions up at once', async () => {
    const seeds = Array.from({ length: 20 }, (_, index) => seedOf(100 + index));
    const onions = seeds.map((seed) => bob.session.publish({ seed, ports: [{ virtualPort: 25, target: port }] }));
    await Promise.all(onions.map(published));
    const sockets = await Promise.all(
      seeds.map((seed, index) => dialUntilConnected(alice, keys.onionOf(seed), `user-${index}`)),
    );
    for (const socket of sockets) socket.destroy();
    await Promise.all(onions.map((onion) => onion.withdraw()));
    expect(onions.map((onion) => onion.state())).toEqual(onions.map(() => 'offline'));
  });
});
