import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { answerCall, fromWireError, toWireError } from './answer-call';
import { ErrorCode, PosthornError } from '../errors';
import { method } from './rpc-kit';

const contract = {
  double: method(z.strictObject({ number: z.number() }), z.number()),
  greet: method(z.strictObject({ name: z.string().default('you') }), z.string()),
};
const handlers = {
  double: ({ number }: { number: number }) => number * 2,
  greet: ({ name }: { name: string }) => Promise.resolve(`Hello ${name}`),
};

const call = (name: string, params: unknown, more: object = {}) =>
  answerCall({ contract, handlers, method: name, params, ...more });

describe('a call over a process border', () => {
  test('gets the result of its handler, with parsed parameters', async () => {
    expect(await call('double', { number: 4 })).toEqual({ ok: true, result: 8 });
    expect(await call('greet', {})).toEqual({ ok: true, result: 'Hello you' });
  });

  test.each([
    ['a method that is not in the contract', 'triple', { number: 1 }],
    ['a method of every object', 'toString', {}],
    ['the way to a prototype', '__proto__', {}],
    ['parameters of another type', 'double', { number: '4' }],
    ['parameters that are missing', 'double', {}],
    ['more than there is to say', 'double', { number: 4, more: true }],
    ['no parameters at all', 'double', undefined],
    ['a list', 'greet', []],
    ['a Map, whose properties are not its entries', 'greet', new Map([['name', 'Bob']])],
    ['a date', 'greet', new Date(0)],
    ['nothing', 'greet', null],
  ])('is refused for %s, without a fault', async (_what, name, params) => {
    const onFault = vi.fn();
    expect(await call(name, params, { onFault })).toMatchObject({ ok: false, error: { code: 'invalid-call' } });
    expect(onFault).not.toHaveBeenCalled();
  });

  test('is answered with the error that the handler means', async () => {
    const refuse = () => Promise.reject(new PosthornError('too-many', 'Too many.', { retryAt: 7.6 }));
    const answer = await call('greet', {}, { handlers: { ...handlers, greet: refuse } });
    expect(answer).toEqual({ ok: false, error: { code: 'too-many', message: 'Too many.', retryAt: 8 } });
  });

  test('reports a fault for counting, and tells the caller nothing of it', async () => {
    const fault = new Error('/home/alice/secret: subject «Tea» of bob@example.onion');
    const onFault = vi.fn();
    const fail = () => {
      throw fault;
    };
    const answer = await call('greet', {}, { handlers: { ...handlers, greet: fail }, onFault });
    expect(answer).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify(answer)).not.toMatch(/alice|Tea|bob/);
    expect(onFault).toHaveBeenCalledExactlyOnceWith(fault);
  });
});

describe('an error on the wire', () => {
  test('comes out as it went in, for every code there is', () => {
    for (const code of ErrorCode.options) {
      const back = fromWireError(toWireError(new PosthornError(code, `It is ${code}.`, { retryAt: 5 })));
      expect(back).toBeInstanceOf(PosthornError);
      expect(back).toMatchObject({ code, message: `It is ${code}.`, retryAt: 5 });
    }
  });

  test('has a time only when there is one', () => {
    expect(toWireError(new PosthornError('internal', 'A.'))).toEqual({ code: 'internal', message: 'A.' });
    expect(fromWireError({ code: 'internal', message: 'A.' }).retryAt).toBeUndefined();
    expect(toWireError(new PosthornError('internal', 'A.', { retryAt: 0 })).retryAt).toBe(0);
  });

  test('is cut when it is long, and never carries its cause', () => {
    const error = toWireError(new PosthornError('internal', 'x'.repeat(9_000), { cause: new Error('secret') }));
    expect(error.message).toHaveLength(500);
    expect(Object.keys(error).sort()).toEqual(['code', 'message']);
  });

  test('hides whatever is no error of ours', () => {
    for (const thrown of [new Error('secret'), 'secret', undefined, { code: 'too-many', message: 'secret' }]) {
      const wire = toWireError(thrown);
      expect(wire.code).toBe('internal');
      expect(wire.message).not.toContain('secret');
    }
  });
});
