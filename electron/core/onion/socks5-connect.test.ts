import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SettableClock } from '../testing/settable-clock';
import { checkOnionAddress } from './onion-address-check';
import { socks5Connect } from './socks5-connect';

const HOST = '5jfgyy7ctrjavpxvkb5rglwf7gkuo5vox27hxescd3vgsfcg2iwfmxqd.onion';
const GREETING = Buffer.from([5, 1, 2]);
const REPLY = (code: number) => Buffer.from([5, code, 0, 1, 127, 0, 0, 1, 0, 25]);

let server: Server;
let clock: SettableClock;
let received: Buffer;
/** What the proxy answers to the greeting, the credentials and the request; undefined for silence. */
let answers: (Buffer | undefined)[];

beforeEach(async () => {
  clock = new SettableClock();
  received = Buffer.alloc(0);
  server = createServer((socket: Socket) => {
    let step = 0;
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      const answer = answers[step];
      step += 1;
      if (answer?.length === 0) socket.end();
      else if (answer) socket.write(answer);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.close();
});

function dial(host = HOST, isolation = { user: 'alice', password: 'secret' }) {
  const port = (server.address() as AddressInfo | null)?.port ?? 9;
  return socks5Connect({
    proxy: { host: '127.0.0.1', port },
    host,
    port: 25,
    isolation,
    timeoutMs: 60_000,
    clock,
    check: checkOnionAddress,
  });
}

test('sends user, password and name as RFC 1928 and 1929 say, and gives the stream with what the server said first', async () => {
  answers = [Buffer.from([5, 2]), Buffer.from([1, 0]), Buffer.concat([REPLY(0), Buffer.from('220 hello\r\n')])];
  const dialled = await dial();
  if (dialled.outcome !== 'connected') throw new Error('not connected');
  const [first] = (await once(dialled.socket, 'data')) as [Buffer];
  dialled.socket.destroy();
  expect(first.toString()).toBe('220 hello\r\n');
  const credentials = Buffer.concat([
    Buffer.from([1, 5]),
    Buffer.from('alice'),
    Buffer.from([6]),
    Buffer.from('secret'),
  ]);
  const request = Buffer.concat([Buffer.from([5, 1, 0, 3, HOST.length]), Buffer.from(HOST), Buffer.from([0, 25])]);
  expect(received).toEqual(Buffer.concat([GREETING, credentials, request]));
});

test.each([
  [0xf0, 'offline'],
  [0xf1, 'temporary'],
  [0xf2, 'gone'],
  [0xf3, 'temporary'],
  [0xf4, 'needs-auth'],
  [0xf5, 'needs-auth'],
  [0xf6, 'bad-address'],
  [0xf7, 'temporary'],
  [0x01, 'temporary'],
  [0x02, 'refused-locally'],
  [0x04, 'temporary'],
  [0x05, 'no-service'],
  [0x06, 'temporary'],
  [0xaa, 'temporary'],
])('reply %i means %s', async (code, failure) => {
  answers = [Buffer.from([5, 2]), Buffer.from([1, 0]), REPLY(code)];
  expect(await dial()).toEqual({ outcome: 'failed', failure });
});

describe('a proxy that is no proxy', () => {
  test.each([
    ['other protocol', [Buffer.from('HTTP/1.1 400\r\n')]],
    ['no method', [Buffer.from([5, 0xff])]],
    ['credentials refused', [Buffer.from([5, 2]), Buffer.from([1, 1])]],
    ['an address type of its own', [Buffer.from([5, 2]), Buffer.from([1, 0]), Buffer.from([5, 0, 0, 9, 0, 0])]],
    ['ends at once', [Buffer.alloc(0)]],
    ['ends after the method', [Buffer.from([5, 2]), Buffer.alloc(0)]],
    ['ends instead of replying', [Buffer.from([5, 2]), Buffer.from([1, 0]), Buffer.alloc(0)]],
  ])('%s', async (_name, given) => {
    answers = given;
    expect(await dial()).toEqual({ outcome: 'failed', failure: 'temporary' });
  });

  test('half a reply and then silence', async () => {
    answers = [Buffer.from([5, 2]), Buffer.from([1, 0]), Buffer.from([5, 0])];
    const dialled = dial();
    await vi.waitFor(() => expect(received.length).toBeGreaterThan(80));
    clock.advance(60_000);
    expect(await dialled).toEqual({ outcome: 'failed', failure: 'timed-out' });
  });
});

test('without a tor', async () => {
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  const proxy = { host: '127.0.0.1', port } as const;
  const isolation = { user: 'u', password: 'p' };
  const dialled = await socks5Connect({
    proxy,
    host: HOST,
    port: 25,
    isolation,
    timeoutMs: 60_000,
    clock,
    check: checkOnionAddress,
  });
  expect(dialled).toEqual({ outcome: 'failed', failure: 'tor-offline' });
});

test.each(['example.org', `${HOST}.`, `mail.${HOST}`, HOST.toUpperCase(), HOST.replace('5', 'q'), '127.0.0.1', ''])(
  '%s goes nowhere',
  async (host) => {
    expect(await dial(host)).toEqual({ outcome: 'failed', failure: 'bad-address' });
    expect(received).toHaveLength(0);
  },
);

test('isolation that does not fit goes nowhere', async () => {
  expect(await dial(HOST, { user: '', password: 'p' })).toEqual({ outcome: 'failed', failure: 'refused-locally' });
  expect(await dial(HOST, { user: 'u'.repeat(256), password: 'p' })).toEqual({
    outcome: 'failed',
    failure: 'refused-locally',
  });
});
