import { describe, expect, it, vi } from 'vitest';
import { PosthornError } from '../../../shared/errors';
import type { StorageUse } from '../../../shared/storage-use';
import { makeServices } from '../../testing/make-services';
import { ME } from '../../testing/sample-mail';
import { countStorage, type StorageCount } from './count-storage';

const amount = { count: 1, bytes: 100 };
const countedOf = (fileBytes: number): StorageUse => ({
  identityId: ME,
  mail: amount,
  requests: { ...amount, limit: 1_000 },
  trash: amount,
  held: amount,
  keys: amount,
  fileBytes,
});

/** Counts with a core that gives these answers, one after the other; answers all that was shown. */
const counting = (answers: (() => StorageUse | Promise<StorageUse>)[]) => {
  const shown: StorageCount[] = [];
  const test = makeServices({
    core: { 'storage.view': () => answers.shift()?.() ?? countedOf(0), 'storage.free': () => countedOf(7) },
  });
  const started = countStorage(test.services, ME, (count) => shown.push(count));
  return { ...test, started, shown };
};

const refused = (): never => {
  throw new PosthornError('profile-locked', 'It is being opened.');
};

describe('what takes room on the disk', () => {
  it('that could not be counted is counted when the profile is open, and by hand', async () => {
    const { started, shown, tell } = counting([refused, refused, () => countedOf(1), () => countedOf(2)]);
    await vi.waitFor(() => expect(shown.at(-1)).toHaveProperty('failure'));
    expect(shown.at(-1)).not.toHaveProperty('use');
    started.countAgain();
    expect(shown.at(-1)).toEqual({});
    await vi.waitFor(() => expect(shown.at(-1)).toHaveProperty('failure'));
    tell({ type: 'profile.changed', profile: { state: 'locked' } });
    tell({ type: 'profile.changed', profile: { state: 'unlocked' } });
    await vi.waitFor(() => expect(shown.at(-1)).toEqual({ use: countedOf(1) }));
    expect(await started.free('trash')).toBe(true);
    expect(shown.at(-1)).toEqual({ use: countedOf(7) });
  });

  it('stays as it was while it is counted anew, and no older answer takes its place', async () => {
    let answerLate: (use: StorageUse) => void = () => undefined;
    const late = new Promise<StorageUse>((resolve) => (answerLate = resolve));
    const { started, shown, tell } = counting([() => countedOf(1), () => late, () => countedOf(3)]);
    await vi.waitFor(() => expect(shown.at(-1)).toEqual({ use: countedOf(1) }));
    tell({ type: 'profile.changed', profile: { state: 'unlocked' } });
    expect(shown.at(-1)).toEqual({ use: countedOf(1) });
    started.countAgain();
    await vi.waitFor(() => expect(shown.at(-1)).toEqual({ use: countedOf(3) }));
    answerLate(countedOf(2));
    await late;
    await new Promise((resolve) => setImmediate(resolve));
    expect(shown.at(-1)).toEqual({ use: countedOf(3) });
  });

  it('is not counted any more when nobody looks', async () => {
    const { started, calls, shown, tell } = counting([() => countedOf(1)]);
    started.stop();
    tell({ type: 'profile.changed', profile: { state: 'unlocked' } });
    await new Promise((resolve) => setImmediate(resolve));
    expect(calls.filter(([method]) => method === 'storage.view')).toHaveLength(1);
    expect(shown.filter(({ use }) => use)).toEqual([]);
  });
});
