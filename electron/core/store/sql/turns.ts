/** Does pieces of work one by one, each in a turn of the event loop of its own, in the order in which they came. */
export type Turns = <T>(work: () => T) => Promise<T>;

/** Whoever has many pieces asks for each when the one before is done: others come in between. */
export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = last.then(nextTurn).then(work);
    last = done.catch(() => undefined);
    return done;
  };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
