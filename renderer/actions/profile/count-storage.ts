import type { IdentityId } from '../../../shared/ids';
import type { Freeable, StorageUse } from '../../../shared/storage-use';
import type { Services } from '../../state/services';
import { errorWords } from '../../words/error-words';
import { tryOrTell } from '../window/try-or-tell';

/** What takes room, as far as it is known, and why it could not be counted the last time. */
export type StorageCount = { readonly use?: StorageUse; readonly failure?: string };

export type CountingStorage = {
  readonly countAgain: () => void;
  /** Deletes it. Answers whether it was; why not was told. */
  readonly free: (what: Freeable) => Promise<boolean>;
  readonly stop: () => void;
};

/**
 * Counts what takes room of an identity, and shows it. What could not be counted while the profile was closed, or being
 * opened, is counted when it is open.
 */
export const countStorage = (
  { core }: Pick<Services, 'core'>,
  identityId: IdentityId,
  show: (count: StorageCount) => void,
): CountingStorage => {
  let known: StorageCount = {};
  let asked = 0;
  const change = (count: StorageCount): void => {
    known = count;
    show(count);
  };
  const count = async (): Promise<void> => {
    const own = (asked += 1);
    const { failure: _, ...counted } = known;
    change(counted);
    const answer = await core.call('storage.view', { identityId }).then(
      (use): StorageCount => ({ use }),
      (cause: unknown): StorageCount => ({ ...counted, failure: errorWords(cause) }),
    );
    // What was asked before is older than what is shown.
    if (own === asked) change(answer);
  };
  const stopFollowing = core.subscribe((event) => {
    if (event.type === 'profile.changed' && event.profile.state === 'unlocked') void count();
  });
  void count();
  return {
    countAgain: () => void count(),
    free: async (what) => {
      const own = (asked += 1);
      const use = await tryOrTell(() => core.call('storage.free', { identityId, what }));
      if (use && own === asked) change({ use });
      return use !== undefined;
    },
    stop: () => {
      asked += 1;
      stopFollowing();
    },
  };
};
