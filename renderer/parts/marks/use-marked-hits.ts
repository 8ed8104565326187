import { useCallback, useMemo } from 'react';
import { parseSearch } from '../../../shared/search/parse-search';
import { useSelection } from '../../state/selection';
import { watchHits } from './watch-hits';

/** Marks the hits of the present search below the element that gets this as its `ref`. */
export const useMarkedHits = (): ((root: HTMLElement | null) => () => void) => {
  const search = useSelection((selection) => selection.search);
  const query = useMemo(() => (search === undefined ? undefined : parseSearch(search)), [search]);
  return useCallback(
    (root) => (root !== null && query !== undefined ? watchHits(root, query) : () => undefined),
    [query],
  );
};
