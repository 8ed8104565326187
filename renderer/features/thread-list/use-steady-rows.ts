import { useLayoutEffect, useRef } from 'react';
import type { RefObject } from 'react';
import type { ThreadRow } from '../../state/thread-rows';

/** The row at the top of the screen and its place in the list. */
type TopRow = { readonly key: string | undefined; readonly at: number };

/** How many rows came above the one on top (negative: went); 0 when that row itself has gone, as in another list. */
export const rowsAbove = (top: TopRow | undefined, rows: readonly Pick<ThreadRow, 'key'>[]): number => {
  const at = top === undefined ? -1 : rows.findIndex(({ key }) => key === top.key);
  return top === undefined || at < 0 ? 0 : at - top.at;
};

type SteadyRows = {
  readonly scroll: RefObject<HTMLDivElement | null>;
  readonly rows: readonly ThreadRow[];
  /** Pixels. */
  readonly rowHeight: number;
};

/**
 * Keeps under the eyes what is there when mail comes above it. At the top of the list nothing is held: there, new mail
 * is what the person waits for.
 */
export const useSteadyRows = ({ scroll, rows, rowHeight }: SteadyRows): void => {
  const top = useRef<TopRow | undefined>(undefined);
  useLayoutEffect(() => {
    const element = scroll.current;
    if (!element) return undefined;
    const more = element.scrollTop > 0 ? rowsAbove(top.current, rows) : 0;
    if (more !== 0) element.scrollBy({ top: more * rowHeight, behavior: 'instant' });
    const remember = () => {
      const at = Math.floor(element.scrollTop / rowHeight);
      top.current = { key: rows[at]?.key, at };
    };
    remember();
    element.addEventListener('scroll', remember, { passive: true });
    return () => element.removeEventListener('scroll', remember);
  }, [scroll, rows, rowHeight]);
};
