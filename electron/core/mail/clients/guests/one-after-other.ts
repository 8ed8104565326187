/**
 * Runs steps one after the other; what one of them throws is its own. A guest who leaves has left before the same one
 * enters again or is deleted: two would serve one onion, and send everything twice.
 */
export function oneAfterOther(): (step: () => Promise<void>) => Promise<void> {
  let turn: Promise<void> = Promise.resolve();
  return (step) => {
    const next = turn.then(step);
    turn = next.catch(() => undefined);
    return next;
  };
}
