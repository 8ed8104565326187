import { liveQuery } from 'dexie';
import { useEffect, useState } from 'react';

/**
 * The answer of a mirror query, asked again whenever a row it has read changes; undefined until the first answer. The
 * query must be stable (`useCallback`). When it changes, the former answer stays until the new one is there, so that
 * lists do not flicker.
 */
export const useLiveQuery = <Result>(query: () => Promise<Result>): Result | undefined => {
  const [result, setResult] = useState<Result>();
  useEffect(() => {
    const subscription = liveQuery(query).subscribe({ next: setResult, error: () => setResult(undefined) });
    return () => subscription.unsubscribe();
  }, [query]);
  return result;
};
