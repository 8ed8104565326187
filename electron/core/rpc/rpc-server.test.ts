import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { PosthornError } from '../../../shared/errors';
import { method, RpcReply } from '../../../shared/contract/rpc-kit';
import { memoryChannel } from '../testing/memory-channel';
import { RpcServer } from './rpc-server';

const secret = 'alice@secretsecretsecret.onion';

const contract = {
  'sum.add': method(z.strictObject({ left: z.number(), right: z.number() }), z.number()),
  'mail.fail': method(z.strictObject({}), z.strictObject({})),
  'mail.crash': method(z.strictObject({}), z.strictObject({})),
  'mail.wait': method(z.strictObject({}), z.strictObject({})),
  'mail.uncloneable': method(z.strictObject({}), z.unknown()),
} as const;

function serve(maxInFlight = 64) {
  let finish = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const server = new RpcServer({
    contract,
    maxInFlight,
    handlers: {
      'sum.add': ({ left, right }) => left + right,
      'mail.fail': () => {
        throw new PosthornError('passphrase-delayed', 'Wait a little.', { retryAt: 12.4 });
      },
      'mail.crash': () => {
        throw new Error(`no such mailbox: ${secret}`);
      },
      'mail.wait': async () => {
        await gate;
        return {};
      },
      'mail.uncloneable': () => () => secret,
    },
  });
  const line = memoryChannel();
  server.attach(line.channel);
  return { line, finish };
}

test('a call gets its result under its own number', async () => {
  const { line } = serve();
  line.receive({ kind: 'call', id: 7, method: 'sum.add', params: { left: 2, right: 3 } });
  expect(await line.sent(1)).toEqual([{ kind: 'result', id: 7, result: 5 }]);
});

test.each([
  ['an unknown method', 'sum.subtract', {}],
  ['a method of every object', 'toString', {}],
  ['the prototype', '__proto__', {}],
  ['a parameter of the wrong type', 'sum.add', { left: '2', right: 3 }],
  ['a parameter too many', 'sum.add', { left: 2, right: 3, more: 4 }],
  ['no parameters', 'sum.add', undefined],
])('%s is an invalid call', async (_name, name, params) => {
  const { line } = serve();
  line.receive({ kind: 'call', id: 1, method: name, params });
  expect(await line.sent(1)).toMatchObject([{ kind: 'error', id: 1, error: { code: 'invalid-call' } }]);
});

test('an error of ours keeps its code, sentence and time', async () => {
  const { line } = serve();
  line.receive({ kind: 'call', id: 1, method: 'mail.fail', params: {} });
  const error = { code: 'passphrase-delayed', message: 'Wait a little.', retryAt: 12 };
  expect(await line.sent(1)).toEqual([{ kind: 'error', id: 1, error }]);
});

test.each(['mail.crash', 'mail.uncloneable'])('a fault inside %s says nothing about the mail', async (name) => {
  const { line } = serve();
  line.receive({ kind: 'call', id: 1, method: name, params: {} });
  const replies = await line.sent(1);
  expect(replies).toMatchObject([{ kind: 'error', error: { code: 'internal' } }]);
  expect(JSON.stringify(replies)).not.toContain('secret');
});

test('garbage with a number is refused under that number', async () => {
  const { line } = serve();
  line.receive({ kind: 'shout', id: 3, text: 'hello' });
  expect(await line.sent(1)).toMatchObject([{ kind: 'error', id: 3, error: { code: 'invalid-call' } }]);
});

test('more calls at once than allowed are refused, and served again when the others are done', async () => {
  const { line, finish } = serve(2);
  for (const id of [1, 2, 3]) line.receive({ kind: 'call', id, method: 'mail.wait', params: {} });
  expect(await line.sent(1)).toMatchObject([{ kind: 'error', id: 3, error: { code: 'too-many' } }]);
  finish();
  await line.sent(3);
  line.receive({ kind: 'call', id: 4, method: 'sum.add', params: { left: 1, right: 1 } });
  expect((await line.sent(4)).at(-1)).toEqual({ kind: 'result', id: 4, result: 2 });
});

test('no garbage crashes it, and every reply is a valid one', async () => {
  const call = fc.record(
    {
      kind: fc.oneof(fc.constant('call'), fc.anything()),
      id: fc.oneof(fc.nat(), fc.anything()),
      method: fc.oneof(fc.constantFrom(...Object.keys(contract).filter((name) => name !== 'mail.wait')), fc.anything()),
      params: fc.anything({ withBigInt: true, withMap: true, withNullPrototype: true, withTypedArray: true }),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(call, fc.anything())), async (messages) => {
      const { line } = serve();
      for (const message of messages) line.receive(message);
      line.receive({ kind: 'call', id: 999_999, method: 'sum.add', params: { left: 1, right: 2 } });
      const replies = await line.until((reply) => RpcReply.parse(reply).kind === 'result');
      for (const reply of replies) expect(RpcReply.safeParse(reply).success).toBe(true);
    }),
    { numRuns: 500 },
  );
});
