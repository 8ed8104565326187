import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MailAddress } from '../../../shared/ids';
import { createKeyFetcher } from '../hkp/key-fetcher';
import type { DialOutcome } from '../ports/onion';
import { SettableClock } from '../testing/settable-clock';
import { OnionDialer } from './onion-dialer';
import { onionFromSeed } from './onion-key';

const host = onionFromSeed(new Uint8Array(32).fill(7)).onion;
const PLACES = 8;

/** A SOCKS port that lets everybody wait for the last answer. */
let socks: Server;
let asking: Socket[];
let most: number;
let clock: SettableClock;
let dialer: OnionDialer;
let isOnline: boolean;

beforeEach(async () => {
  asking = [];
  most = 0;
  isOnline = true;
  socks = createServer(serve).listen(0, '127.0.0.1');
  await once(socks, 'listening');
  clock = new SettableClock();
  dialer = new OnionDialer({
    clock,
    proxy: () => (isOnline ? { host: '127.0.0.1', port: (socks.address() as AddressInfo).port } : undefined),
  });
});
afterEach(() => {
  for (const socket of asking) socket.destroy();
  socks.close();
});

function serve(socket: Socket): void {
  socket.on('error', () => socket.destroy());
  socket.on('close', () => (asking = asking.filter((other) => other !== socket)));
  socket.once('data', () => {
    socket.write(Uint8Array.of(5, 2));
    socket.once('data', () => {
      socket.write(Uint8Array.of(1, 0));
      socket.once('data', () => {
        asking.push(socket);
        most = Math.max(most, asking.length);
      });
    });
  });
}

const answer = (socket: Socket | undefined, code: number) =>
  socket?.end(Uint8Array.of(5, code, 0, 1, 0, 0, 0, 0, 0, 0));
const dial = (number = 0) =>
  dialer.dial({ host, port: 25, isolation: { user: `user-${number}`, password: 'p' }, timeoutMs: 60_000 });
const askingAre = (count: number) => vi.waitFor(() => expect(asking).toHaveLength(count));
const short = (outcome: DialOutcome) => (outcome.outcome === 'failed' ? outcome.failure : 'connected');

test('a hundred at once go a few at a time, and all get their answer', async () => {
  const dials = Promise.all(Array.from({ length: 100 }, (_, number) => dial(number)));
  let isDone = false;
  void dials.then(() => (isDone = true));
  await askingAre(PLACES);
  expect(dialer.isBusy()).toBe(true);
  await vi.waitFor(() => {
    for (const socket of asking) answer(socket, 0xf0);
    expect(isDone).toBe(true);
  });
  expect(new Set((await dials).map(short))).toEqual(new Set(['offline']));
  expect(most).toBe(PLACES);
  expect(dialer.isBusy()).toBe(false);
});

test('a further try takes only a free place, and losing one gives its place back', async () => {
  const first = dial();
  await askingAre(1);
  clock.advance(10_000);
  await askingAre(2);
  answer(asking[1], 0);
  expect(short(await first)).toBe('connected');
  await askingAre(0);
  const others = Array.from({ length: PLACES }, (_, number) => dial(number));
  await askingAre(PLACES);
  clock.advance(40_000);
  expect(asking).toHaveLength(PLACES);
  for (const socket of asking) answer(socket, 0xf2);
  expect((await Promise.all(others)).map(short)).toEqual(others.map(() => 'gone'));
  expect(most).toBe(PLACES);
});

test('a question for a key waits for a place as well', async () => {
  const dials = Array.from({ length: PLACES }, (_, number) => dial(number));
  await askingAre(PLACES);
  const isolation = { user: 'key', password: 'p' };
  const fetching = createKeyFetcher({ clock }).fetch({
    address: MailAddress.parse(`bob@${host}`),
    at: host,
    isolation,
    place: () => dialer.takePlace({ isolation, timeoutMs: 60_000 }),
  });
  for (const socket of asking) answer(socket, 0xf0);
  await Promise.all(dials);
  await askingAre(1);
  answer(asking[0], 0x05);
  expect(await fetching).toEqual({ outcome: 'unreachable', reason: 'no-mail-service' });
  expect(most).toBe(PLACES);
});

test('a dial that waits too long for a place is told that it took too long', async () => {
  const dials = Array.from({ length: PLACES }, (_, number) => dial(number));
  await askingAre(PLACES);
  const late = dialer.dial({ host, port: 25, isolation: { user: 'late', password: 'p' }, timeoutMs: 5_000 });
  clock.advance(5_000);
  expect(short(await late)).toBe('timed-out');
  for (const socket of asking) answer(socket, 0xf0);
  await Promise.all(dials);
});

test('a dial that waits while tor goes away is told so', async () => {
  const dials = Array.from({ length: PLACES + 1 }, (_, number) => dial(number));
  await askingAre(PLACES);
  isOnline = false;
  for (const socket of asking) answer(socket, 0x01);
  expect(short((await Promise.all(dials))[PLACES] ?? { outcome: 'failed', failure: 'gone' })).toBe('tor-offline');
  expect(short(await dial())).toBe('tor-offline');
});
