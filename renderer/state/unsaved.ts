import { create } from 'zustand';

/** Stores what a composer has not saved yet; rejects when it cannot. */
export type Flush = () => Promise<void>;

const useUnsaved = create<{ readonly flushes: ReadonlySet<Flush> }>()(() => ({ flushes: new Set() }));

/** Registers something that may hold unsaved words. Returns how to take it away again. */
export const registerUnsaved = (flush: Flush): (() => void) => {
  useUnsaved.setState(({ flushes }) => ({ flushes: new Set([...flushes, flush]) }));
  return () =>
    useUnsaved.setState(({ flushes }) => ({ flushes: new Set([...flushes].filter((other) => other !== flush)) }));
};

/**
 * Saves everything that is not saved yet, before the window or the profile is locked. A failure of one does not stop
 * the others.
 * @returns whether all of it was saved
 */
export const flushUnsaved = async (): Promise<boolean> => {
  const saved = await Promise.allSettled([...useUnsaved.getState().flushes].map((flush) => flush()));
  return saved.every(({ status }) => status === 'fulfilled');
};
