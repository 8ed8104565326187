import type { StoreApi } from 'zustand';

/** Puts a store of the window back to how it is at the start, so that one test leaves nothing to the next. */
export const resetStore = <State>(store: Pick<StoreApi<State>, 'getInitialState' | 'setState'>): void =>
  store.setState(store.getInitialState(), true);
