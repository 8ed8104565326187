import { expect, test } from 'vitest';
import type { CoreEvent } from '../../../shared/core-events';
import { channelPair } from './channel-pair';
import { CoreCaller } from './core-caller';

const tor = { phase: 'online', progress: 100, summary: 'connected' } as const;

function called() {
  const [near, far] = channelPair();
  const requests: { id: number; method: string }[] = [];
  far.onMessage((message) => requests.push(message as { id: number; method: string }));
  return { caller: new CoreCaller(near), far, requests };
}

test('results come back to the call they belong to, in whatever order', async () => {
  const { caller, far } = called();
  const first = caller.call('tor.status', {});
  const second = caller.call('profile.state', {});
  far.post({ kind: 'result', id: 2, result: { state: 'locked' } });
  far.post({ kind: 'result', id: 1, result: tor });
  expect(await second).toEqual({ state: 'locked' });
  expect(await first).toEqual(tor);
});

test('an error answer is thrown with its code', async () => {
  const { caller, far } = called();
  const call = caller.call('profile.lock', {});
  far.post({ kind: 'error', id: 1, error: { code: 'profile-locked', message: 'Locked.', retryAt: 5 } });
  await expect(call).rejects.toMatchObject({ code: 'profile-locked', message: 'Locked.', retryAt: 5 });
});

test('a result that does not fit the contract is an error, and a stray one is ignored', async () => {
  const { caller, far } = called();
  const call = caller.call('profile.state', {});
  far.post({ kind: 'result', id: 99, result: {} });
  far.post('garbage');
  far.post({ kind: 'result', id: 1, result: { state: 'ajar' } });
  await expect(call).rejects.toMatchObject({ code: 'internal' });
});

test('events are heard, unless they are none', async () => {
  const { caller, far } = called();
  const heard = new Promise<CoreEvent>((resolve) => caller.onEvent(resolve));
  far.post({ kind: 'event', event: { type: 'mail.exploded' } });
  far.post({ kind: 'event', event: { type: 'tor.changed', status: tor } });
  expect(await heard).toEqual({ type: 'tor.changed', status: tor });
});

test('a closed channel fails what waits and what comes after', async () => {
  const { caller, far } = called();
  const call = caller.call('tor.status', {});
  far.close();
  await expect(call).rejects.toMatchObject({ code: 'connection-closed' });
  await expect(caller.call('tor.status', {})).rejects.toMatchObject({ code: 'connection-closed' });
});
