import { beforeEach, expect, it, vi } from 'vitest';
import { useConfirmation } from '../../state/questions/confirmation';
import { registerUnsaved } from '../../state/unsaved';
import { makeServices } from '../../testing/make-services';
import { resetStore } from '../../testing/reset-store';
import { lockProfile } from './lock-profile';
import { lockWindow } from './lock-window';

const done = () => ({});
const testing = () => makeServices({ core: { 'profile.lock': done, 'profile.lockWindow': done } });

beforeEach(() => resetStore(useConfirmation));

it.each([
  ['the window', lockWindow, 'profile.lockWindow'],
  ['everything', lockProfile, 'profile.lock'],
] as const)('locks %s after what is being written was saved', async (_what, lock, method) => {
  const { services, calls } = testing();
  const order: string[] = [];
  const unregister = registerUnsaved(async () => {
    await Promise.resolve();
    order.push(`saved, ${String(calls.length)} calls before`);
  });
  await lock(services);
  unregister();
  expect(order).toEqual(['saved, 0 calls before']);
  expect(calls).toEqual([[method, {}]]);
});

it('asks a person before words are lost that cannot be saved', async () => {
  const { services, calls } = testing();
  const unregister = registerUnsaved(() => Promise.reject(new Error('the disk is full')));
  await lockWindow(services);
  expect(calls).toEqual([]);
  useConfirmation.getState().question?.run();
  await vi.waitFor(() => expect(calls).toEqual([['profile.lockWindow', {}]]));
  unregister();
});

it('locks a window that nobody sits at, whatever is lost', async () => {
  const { services, calls } = testing();
  const unregister = registerUnsaved(() => Promise.reject(new Error('the disk is full')));
  await lockWindow(services, 'idleness');
  unregister();
  expect(calls).toEqual([['profile.lockWindow', {}]]);
  expect(useConfirmation.getState().question).toBeUndefined();
});
