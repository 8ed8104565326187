type Store<State> = { getInitialState(): State; setState(state: State, replace: true): void };

/** Puts a store of the window back to how it is at the start, so that one test leaves nothing to the next. */
export const resetStore = <State>(store: Store<State>): void => store.setState(store.getInitialState(), true);
