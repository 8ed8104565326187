import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { HandlersOf } from '../../../shared/contract/rpc-kit';
import type { ShellContract } from '../../../shared/contract/shell-contract';
import { shellContract } from '../../../shared/contract/shell-contract';
import { serveShell } from './ipc-main-server';

type Frame = { readonly url: string };
type Listener = (event: { senderFrame: Frame | null }, method: unknown, params: unknown) => Promise<unknown>;

/** Handlers that answer by saying which method was called; the contract's results are not their business. */
const handlers = Object.fromEntries(
  Object.keys(shellContract).map((name) => [name, () => ({ called: name })]),
) as unknown as HandlersOf<ShellContract>;

function serve(faulty?: Partial<HandlersOf<ShellContract>>) {
  const frame = { url: 'app://posthorn/index.html' };
  const faults: unknown[] = [];
  let listener: Listener | undefined;
  serveShell(
    { handle: (_channel, handle) => void (listener = handle as unknown as Listener) },
    {
      page: () => ({ mainFrame: frame }),
      handlers: { ...handlers, ...faulty },
      onFault: (error) => faults.push(error),
    },
  );
  const call = async (senderFrame: Frame | null, method: unknown, params: unknown): Promise<unknown> =>
    listener?.({ senderFrame }, method, params);
  return { frame, call, faults };
}

test('the page’s own call is answered', async () => {
  const { frame, call } = serve();
  expect(await call(frame, 'app.info', {})).toEqual({ ok: true, result: { called: 'app.info' } });
});

test.each([
  ['no frame at all', null],
  ['a frame inside the page', { url: 'app://posthorn/index.html' }],
])('%s is refused', async (_name, sender) => {
  expect(await serve().call(sender, 'app.info', {})).toMatchObject({ ok: false, error: { code: 'invalid-call' } });
});

test.each(['https://evil.example/', 'app://posthorn.evil/', 'about:blank', 'file:///etc/passwd', ''])(
  'the window showing %j is refused',
  async (url) => {
    const { frame, call } = serve();
    Object.assign(frame, { url });
    expect(await call(frame, 'app.info', {})).toMatchObject({ ok: false, error: { code: 'invalid-call' } });
  },
);

test('what a fault says stays inside', async () => {
  const fault = new Error('/home/alice/secret');
  const { frame, call, faults } = serve({
    'app.askQuit': () => {
      throw fault;
    },
  });
  const answer = await call(frame, 'app.askQuit', {});
  expect(answer).toMatchObject({ ok: false, error: { code: 'internal' } });
  expect(JSON.stringify(answer)).not.toContain('secret');
  expect(faults).toEqual([fault]);
});

test('garbage of a hostile page is an answer, never a crash', async () => {
  const { frame, call, faults } = serve();
  const name = fc.oneof(
    fc.constantFrom(...Object.keys(shellContract)),
    fc.constantFrom('__proto__', 'toString', 'constructor'),
    fc.anything(),
  );
  await fc.assert(
    fc.asyncProperty(
      name,
      fc.anything({ withTypedArray: true, withMap: true, withBigInt: true }),
      async (method, params) => {
        const answer = (await call(frame, method, params)) as { ok: boolean };
        expect(typeof answer.ok).toBe('boolean');
      },
    ),
    { numRuns: 1_000 },
  );
  expect(faults).toEqual([]);
});
