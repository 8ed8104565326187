import { create } from 'zustand';

/** A change of many messages that is under way. */
export type Bulk = {
  /** What is being done, as «Moving to Archive». */
  readonly doing: string;
  readonly done: number;
  readonly all: number;
  /** Does no further step. What is done stays done. */
  readonly stop: () => void;
};

/** The changes of many messages that are under way, the oldest first. */
export const useBulk = create<{ readonly running: readonly Bulk[] }>()(() => ({ running: [] }));

/** Shows how far a change has come, in the place of what was shown of it; without `now` it is over. */
export const showBulk = (former: Bulk | undefined, now: Bulk | undefined): void =>
  useBulk.setState(({ running }) => {
    if (former === undefined) return { running: now === undefined ? running : [...running, now] };
    return { running: running.flatMap((one) => (one === former ? (now ?? []) : one)) };
  });
