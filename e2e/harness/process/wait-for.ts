import { patienceMs } from './patience';

/**
 * Resolves once `look` gives something, looking again whenever `changed` tells of news.
 * @throws Error with `what` when it never does
 */
export function waitFor<T>(
  look: () => T | undefined,
  { what, changed }: { what: string; changed: (listener: () => void) => () => void },
): Promise<T> {
  return new Promise((resolve, reject) => {
    let stop = (): void => undefined;
    const limit = setTimeout(() => {
      stop();
      reject(new Error(`Waited in vain for ${what}`));
    }, patienceMs);
    const check = (): void => {
      const found = look();
      if (found === undefined) return;
      clearTimeout(limit);
      stop();
      resolve(found);
    };
    stop = changed(check);
    check();
  });
}
