import { describe, expect, test } from 'vitest';
import type { CoreEvent } from './core-events';
import type { RpcLine } from './rpc-client';
import { RpcClient } from './rpc-client';
import type { RpcRequest } from './rpc-kit';

const tor = { phase: 'online', progress: 100, summary: 'connected' } as const;

/**
 * A line whose other end is the test: what was posted, and how to say something. It cannot carry `unfit` parameters.
 */
function lineToTest(unfit?: object) {
  const posted: unknown[] = [];
  const listeners: ((message: unknown) => void)[] = [];
  const closers: (() => void)[] = [];
  const line: RpcLine = {
    post: (message) => {
      if (unfit !== undefined && (message as RpcRequest).params === unfit) throw new TypeError('could not be cloned');
      posted.push(message);
    },
    onMessage: (listener) => void listeners.push(listener),
    onClose: (listener) => void closers.push(listener),
    close: () => closers.forEach((closer) => closer()),
  };
  const say = (message: unknown) => listeners.forEach((listener) => listener(message));
  return { line, posted, say };
}

function connected(unfit?: object) {
  const { line, posted, say } = lineToTest(unfit);
  return { client: new RpcClient(line), line, posted, say };
}

describe('a call', () => {
  test('goes out with its method, its parameters and a number of its own', () => {
    const { client, posted } = connected();
    void client.call('tor.status', {});
    void client.call('profile.unlock', { passphrase: 'a long one' });
    expect(posted).toEqual([
      { kind: 'call', id: 1, method: 'tor.status', params: {} },
      { kind: 'call', id: 2, method: 'profile.unlock', params: { passphrase: 'a long one' } },
    ]);
  });

  test('gets its own result, in whatever order the results arrive', async () => {
    const { client, say } = connected();
    const first = client.call('tor.status', {});
    const second = client.call('profile.state', {});
    say({ kind: 'result', id: 2, result: { state: 'locked' } });
    say({ kind: 'result', id: 1, result: tor });
    expect(await second).toEqual({ state: 'locked' });
    expect(await first).toEqual(tor);
  });

  test('that the core refuses throws its code, its sentence and its time', async () => {
    const { client, say } = connected();
    const call = client.call('profile.lock', {});
    say({ kind: 'error', id: 1, error: { code: 'profile-locked', message: 'Locked.', retryAt: 5 } });
    await expect(call).rejects.toMatchObject({
      name: 'PosthornError',
      code: 'profile-locked',
      message: 'Locked.',
      retryAt: 5,
    });
  });

  test('fails when its result breaks the contract, and others go on', async () => {
    const { client, say } = connected();
    const broken = client.call('profile.state', {});
    const sound = client.call('tor.status', {});
    say({ kind: 'result', id: 1, result: { state: 'ajar' } });
    say({ kind: 'result', id: 2, result: tor });
    await expect(broken).rejects.toMatchObject({ code: 'internal' });
    expect(await sound).toEqual(tor);
  });

  test.each([
    ['has an error code that is not known', { kind: 'error', id: 1, error: { code: 'on-fire', message: 'Hot.' } }],
    ['has more than a reply has', { kind: 'result', id: 1, result: { state: 'locked' }, extra: true }],
  ])('fails at once when its answer %s, as of another version', async (_what, answer) => {
    const { client, line, say } = connected();
    const call = client.call('profile.state', {});
    say(answer);
    // What still waits now is told that the line was lost.
    line.close();
    await expect(call).rejects.toMatchObject({ code: 'internal' });
  });

  test('is settled by the first answer; a second one is ignored', async () => {
    const { client, say } = connected();
    const call = client.call('profile.state', {});
    say({ kind: 'result', id: 1, result: { state: 'locked' } });
    say({ kind: 'error', id: 1, error: { code: 'internal', message: 'Late.' } });
    expect(await call).toEqual({ state: 'locked' });
  });

  test('with parameters that the line cannot carry changes nothing', async () => {
    const unfit = { passphrase: 'a long one' };
    const { client, say } = connected(unfit);
    await expect(client.call('profile.unlock', unfit)).rejects.toMatchObject({ code: 'invalid-call' });
    const next = client.call('profile.state', {});
    say({ kind: 'result', id: 2, result: { state: 'locked' } });
    expect(await next).toEqual({ state: 'locked' });
  });
});

describe('what no call asked for', () => {
  test.each([
    ['is no reply', 'garbage'],
    ['has a number that was never given', { kind: 'result', id: 999, result: {} }],
    ['is an error for no call', { kind: 'error', id: 999, error: { code: 'internal', message: 'Whose?' } }],
    ['is an unreadable error for no call', { kind: 'error', id: 999, error: { code: 'on-fire', message: 'Hot.' } }],
    ['has a number that is none', { kind: 'result', id: '1', result: { state: 'locked' } }],
  ])('is ignored when it %s', async (_what, message) => {
    const { client, say } = connected();
    const call = client.call('profile.state', {});
    say(message);
    say({ kind: 'result', id: 1, result: { state: 'new' } });
    expect(await call).toEqual({ state: 'new' });
  });
});

describe('events', () => {
  test('reach every listener in order, until it stops', () => {
    const { client, say } = connected();
    const heard: string[] = [];
    const hear = (who: string) => (event: CoreEvent) =>
      void heard.push(`${who} ${event.type === 'profile.changed' ? event.profile.state : event.type}`);
    const stop = client.onEvent(hear('first'));
    client.onEvent(hear('second'));
    say({ kind: 'event', event: { type: 'profile.changed', profile: { state: 'locked' } } });
    stop();
    say({ kind: 'event', event: { type: 'tor.changed', status: tor } });
    expect(heard).toEqual(['first locked', 'second locked', 'second tor.changed']);
  });

  test('that the contract does not know are not passed on', () => {
    const { client, say } = connected();
    const heard: CoreEvent[] = [];
    client.onEvent((event) => heard.push(event));
    say({ kind: 'event', event: { type: 'mail.exploded' } });
    say({ kind: 'event', event: { type: 'tor.changed', status: { ...tor, phase: 'asleep' } } });
    say({ kind: 'event', event: { type: 'tor.changed', status: tor } });
    expect(heard).toEqual([{ type: 'tor.changed', status: tor }]);
  });
});

describe('a line that closes', () => {
  test('fails every call that waits, and each that comes after', async () => {
    const { client, line, posted } = connected();
    const calls = [client.call('tor.status', {}), client.call('profile.state', {})];
    line.close();
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'connection-closed' });
    await expect(client.call('tor.status', {})).rejects.toMatchObject({ code: 'connection-closed' });
    expect(posted).toHaveLength(2);
  });

  test('is told of, and an answer that comes too late changes nothing', async () => {
    const { client, say } = connected();
    let closed = 0;
    client.onClose(() => (closed += 1));
    const call = client.call('profile.state', {});
    client.close();
    say({ kind: 'result', id: 1, result: { state: 'locked' } });
    expect(closed).toBe(1);
    await expect(call).rejects.toMatchObject({ code: 'connection-closed' });
  });

  test('speaks to the user in the words of the program that asked', async () => {
    const { line, say } = lineToTest();
    const client = new RpcClient(line, { lost: 'It went away.', unreadable: 'It mumbled.' });
    const broken = client.call('profile.state', {});
    const waiting = client.call('profile.state', {});
    say({ kind: 'result', id: 1, result: 1 });
    line.close();
    await expect(broken).rejects.toThrow('It mumbled.');
    await expect(waiting).rejects.toThrow('It went away.');
  });
});
