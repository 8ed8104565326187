import { create } from 'zustand';
import type { CatchUp } from '../../shared/contract/core-events';

/**
 * Mail that is being caught up on after a time without connection, by identity and direction; what is finished is
 * dropped.
 */
export const useCatchUp = create<{ readonly byKey: Readonly<Record<string, CatchUp>> }>()(() => ({ byKey: {} }));

/** Takes over one report of progress. */
export const recordCatchUp = (catchUp: CatchUp): void =>
  useCatchUp.setState(({ byKey }) => {
    const key = `${catchUp.identityId}/${catchUp.direction}`;
    const { [key]: _, ...others } = byKey;
    return { byKey: catchUp.done >= catchUp.total ? others : { ...others, [key]: catchUp } };
  });
