import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { SMTP_SETUP_TIMEOUT_MS } from '../domain/limits';
import type { DialFailure, DialOutcome } from '../ports/onion';
import { SettableClock } from '../testing/settable-clock';
import { SmtpPeer, throughTarpit } from '../testing/smtp-peer';
import {
  aliceOnion,
  clientOnion,
  startTestListener,
  until,
  type ListenerOptions,
  type TestListener,
} from '../testing/test-listener';
import { createSmtpSender } from './smtp-sender';
import { MAX_QUEUE_RUNS_PER_CONNECTION } from '../domain/custody-limits';

const cleanUps: (() => unknown)[] = [];

afterEach(async () => {
  await Promise.all(cleanUps.splice(0).map((cleanUp) => cleanUp()));
});

async function listening(o: ListenerOptions = {}): Promise<TestListener> {
  const listener = await startTestListener(o);
  cleanUps.push(() => listener.server.stop());
  return listener;
}

describe('ETRN', () => {
  it('is answered alike for every node, before its mail is looked up', async () => {
    let wasAnswered = false;
    const { port, queueRuns } = await listening({
      queueRun: () => {
        if (!wasAnswered) throw new Error('This would show in the time of the answer.');
      },
    });
    const peer = await SmtpPeer.introduced(port);
    for (const node of [clientOnion, aliceOnion, 'example.com', 'x', 'X.ONION', clientOnion.toUpperCase()]) {
      wasAnswered = false;
      expect(await peer.ask(`ETRN ${node}`)).toBe('250 2.0.0 OK');
      wasAnswered = true;
    }
    await until(() => queueRuns.length === 6);
    expect(queueRuns.slice(-2)).toEqual(['x.onion', clientOnion]);
  });

  it.each([
    '',
    ' ',
    'two nodes',
    '@example.com',
    '#queue',
    '<x>',
    'a..b',
    '.',
    '-a',
    'a-',
    'x'.repeat(254),
    'ä.onion',
    'a_b',
    'x;y',
    "'",
    '../x',
    '%s',
  ])('without a node is an error: "%s"', async (node) => {
    const { port, queueRuns } = await listening();
    const peer = await SmtpPeer.introduced(port);
    expect(await peer.ask(`ETRN ${node}`)).toMatch(/^501 5\.5\.4 /);
    expect(await peer.ask('NOOP')).toMatch(/^250/);
    expect(queueRuns).toEqual([]);
  });

  it('is taken ten times on one connection', async () => {
    const { port, queueRuns } = await listening();
    const peer = await SmtpPeer.introduced(port);
    for (let count = 0; count < MAX_QUEUE_RUNS_PER_CONNECTION; count += 1)
      expect(await peer.ask(`ETRN ${clientOnion}`)).toBe('250 2.0.0 OK');
    expect(await peer.ask(`ETRN ${clientOnion}`)).toMatch(/^421 4\.7\.0 /);
    expect(await peer.rest()).toEqual([]);
    expect(queueRuns).toHaveLength(MAX_QUEUE_RUNS_PER_CONNECTION);
  });

  it('in a storm of 10,000 gets the same answers, and memory stays', async () => {
    const { port, clock } = await listening();
    const answers = new Set<string>();
    const storm = async (nodes: readonly string[]): Promise<void> => {
      const peer = await SmtpPeer.introduced(port);
      peer.write(nodes.map((node) => `ETRN ${node}\r\n`).join(''));
      for (const _ of nodes) answers.add(await peer.reply());
      expect(await peer.ask('QUIT')).toMatch(/^221/);
      peer.close();
    };
    const some = (round: number): string[] =>
      Array.from({ length: 10 }, (_, index) =>
        index % 2 === 0 ? clientOnion : `n${String(round)}-${String(index)}.onion`,
      );
    const rounds = async (count: number): Promise<void> => {
      for (let round = 0; round < count; round += 1)
        await Promise.all(Array.from({ length: 20 }, (_, index) => storm(some(round * 20 + index))));
    };
    await rounds(10);
    const before = process.memoryUsage().rss;
    await rounds(40);
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
    expect([...answers]).toEqual(['250 2.0.0 OK']);
    await until(() => clock.untilNextTimer() === undefined);
  });

  it('garbled again and again ends the connection', async () => {
    const { port, clock } = await listening();
    const peer = await SmtpPeer.introduced(port);
    peer.write('ETRN\r\n'.repeat(1_000));
    const replies = await throughTarpit(clock, peer.rest());
    expect(replies).toHaveLength(11);
    expect(replies.at(-1)).toMatch(/^421/);
  });
});

/** A peer given as what it does with each connection. */
async function peer(serve: (socket: Socket) => void): Promise<{ dial: () => Promise<DialOutcome>; sockets: Socket[] }> {
  const sockets: Socket[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    serve(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUps.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { dial: () => dialTo((server.address() as AddressInfo).port), sockets };
}

async function dialTo(port: number): Promise<DialOutcome> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return { outcome: 'connected', socket };
}

/** Gives one reply for each line, and remembers the lines. */
async function scripted(replies: readonly string[]): Promise<{ dial: () => Promise<DialOutcome>; lines: string[] }> {
  const lines: string[] = [];
  const { dial } = await peer((socket) => {
    const rest = [...replies];
    socket.write(`${rest.shift() ?? ''}\r\n`);
    socket.on('data', (chunk: Buffer) => {
      lines.push(...chunk.toString('latin1').split('\r\n').slice(0, -1));
      const reply = rest.shift();
      if (reply !== undefined) socket.write(`${reply}\r\n`);
    });
  });
  return { dial, lines };
}

function ask(
  dial: () => Promise<DialOutcome>,
  o: { clock?: SettableClock; signal?: AbortSignal } = {},
): Promise<'asked' | 'unreachable'> {
  const sender = createSmtpSender({ clock: o.clock ?? new SettableClock() });
  return sender.requestQueueRun({ node: clientOnion, dial, signal: o.signal ?? new AbortController().signal });
}

describe('asking a holder', () => {
  it('names the client, and nothing else', async () => {
    const { dial, lines } = await scripted(['220 x ESMTP', '250-x\r\n250 ETRN', '250 2.0.0 OK']);
    expect(await ask(dial)).toBe('asked');
    await until(() => lines.includes('QUIT'));
    expect(lines).toEqual(['EHLO [127.0.0.1]', `ETRN ${clientOnion}`, 'QUIT']);
  });

  it('works with our own listener, and leaves no timer', async () => {
    const listener = await listening();
    const clock = new SettableClock();
    expect(await ask(() => dialTo(listener.port), { clock })).toBe('asked');
    await until(() => listener.queueRuns.length > 0);
    expect(listener.queueRuns).toEqual([clientOnion]);
    expect(clock.untilNextTimer()).toBeUndefined();
    await until(() => listener.clock.untilNextTimer() === undefined);
  });

  it.each([
    ['too many connections', ['421 4.3.2 later']],
    ['no EHLO', ['220 x', '502 what']],
    ['no ETRN', ['220 x', '250 x', '500 5.5.2 what']],
    ['too many already', ['220 x', '250 x', '421 4.7.0 enough']],
    ['a web server', ['HTTP/1.1 400 Bad Request']],
    ['garbage', ['\x00\xff\x01']],
  ])('%s: not asked', async (_what, replies) => {
    expect(await ask((await scripted(replies)).dial)).toBe('unreachable');
  });

  it.each<[string, (socket: Socket) => void]>([
    ['closes at once', (socket) => socket.end()],
    ['resets', (socket) => void socket.resetAndDestroy()],
    ['sends a line without end', (socket) => void socket.write(Buffer.alloc(4_000_000, '2'))],
    ['greets without end', (socket) => void socket.write('220-hello\r\n'.repeat(400_000))],
    ['says 220 for ever', (socket) => void socket.write('220 x\r\n'.repeat(100_000))],
  ])('that %s: not asked', async (_what, serve) => {
    expect(await ask((await peer(serve)).dial)).toBe('unreachable');
  });

  it.each([0, 1, 2])('that says nothing after %i replies: not asked, in five minutes', async (count) => {
    const clock = new SettableClock();
    const { dial, lines } = await scripted(['220 x', '250 x'].slice(0, count));
    const asking = ask(dial, { clock });
    await until(() => clock.untilNextTimer() !== undefined && lines.length >= count);
    clock.advance(SMTP_SETUP_TIMEOUT_MS);
    expect(await asking).toBe('unreachable');
  });

  it.each<DialFailure>(['offline', 'bad-address', 'tor-offline'])(
    'that cannot be dialled (%s): not asked',
    async (failure) => {
      expect(await ask(() => Promise.resolve({ outcome: 'failed', failure }))).toBe('unreachable');
    },
  );

  it('never throws', async () => {
    expect(await ask(() => Promise.reject(new Error('dial')))).toBe('unreachable');
  });

  it('is broken off by its signal, before and while it is under way', async () => {
    const stop = new AbortController();
    const { dial, sockets } = await peer(() => undefined);
    const asking = ask(dial, { signal: stop.signal });
    await until(() => sockets.length > 0);
    stop.abort();
    expect(await asking).toBe('unreachable');
    expect(await ask(dial, { signal: stop.signal })).toBe('unreachable');
    expect(sockets).toHaveLength(1);
  });
});
