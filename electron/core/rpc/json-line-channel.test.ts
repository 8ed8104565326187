import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import type { ClientChannel } from './client-channel';
import { jsonLineChannel } from './json-line-channel';
import { decodeWireJson, encodeWireJson } from './wire-json';

let server: Server | undefined;
afterEach(() => server?.close());

async function pair(maxLineBytes?: number): Promise<{ channel: ClientChannel; client: Socket }> {
  const listening = createServer().listen(0, '127.0.0.1');
  server = listening;
  await once(server, 'listening');
  const client = connect((listening.address() as AddressInfo).port, '127.0.0.1');
  const [socket] = (await once(server, 'connection')) as [Socket];
  return { channel: jsonLineChannel(socket, maxLineBytes), client };
}

test('octets and everything JSON can hold come back as they were', () => {
  fc.assert(
    fc.property(fc.json(), fc.uint8Array(), (json, octets) => {
      const message: unknown = { value: JSON.parse(json) as unknown, octets, list: [octets] };
      expect(decodeWireJson(encodeWireJson(message))).toEqual(message);
    }),
  );
});

test.each(['{"$base64":1}', '{"$base64":"?"}', '{"$base64":"QQ==","more":1}', '{', ''])('%s is refused', (line) => {
  expect(() => decodeWireJson(line)).toThrow(SyntaxError);
});

test('a Buffer is octets too', () => {
  expect(encodeWireJson({ content: Buffer.from('A') })).toBe('{"content":{"$base64":"QQ=="}}');
});

test('messages arrive whole, however the stream is cut', async () => {
  const { channel, client } = await pair();
  const messages: unknown[] = [];
  const second = new Promise<void>((resolve) => {
    channel.onMessage((message) => {
      messages.push(message);
      if (messages.length === 2) resolve();
    });
  });
  client.write('{"text":"ü');
  client.write('ber"}\n{"text":');
  client.write('"b"}\n');
  await second;
  expect(messages).toEqual([{ text: 'über' }, { text: 'b' }]);
  client.destroy();
});

test.each([
  ['that is not JSON', 'hello\n'],
  ['that is too long', 'x'.repeat(2_000)],
])('a line %s closes the channel', async (_name, text) => {
  const { channel, client } = await pair(1_000);
  const closed = new Promise<void>((resolve) => channel.onClose(resolve));
  client.on('error', () => undefined);
  client.write(text);
  await closed;
  channel.post('after the end');
});

test('what was posted before a close still arrives', async () => {
  const { channel, client } = await pair();
  let received = '';
  client.on('data', (chunk: Buffer) => (received += chunk.toString()));
  channel.post({ last: 'words' });
  channel.close();
  await once(client, 'close');
  expect(received).toBe('{"last":"words"}\n');
});

test('a client that does not read shows as backlog', async () => {
  const { channel, client } = await pair();
  client.pause();
  const block = 'x'.repeat(1_000_000);
  for (let round = 0; round < 50 && channel.backlog() < 5_000_000; round += 1) channel.post(block);
  expect(channel.backlog()).toBeGreaterThan(1_000_000);
  const closed = new Promise<void>((resolve) => channel.onClose(resolve));
  channel.close();
  await closed;
  client.destroy();
});

test('random octets never crash it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (octets) => {
      const { channel, client } = await pair(200);
      channel.onMessage(() => undefined);
      client.on('error', () => undefined);
      const closed = new Promise<void>((resolve) => channel.onClose(resolve));
      client.end(octets);
      await closed;
      server?.close();
    }),
    { numRuns: 50 },
  );
});
