import { useLayoutEffect, useRef } from 'react';
import type { RefObject } from 'react';
import type { ThreadRow } from '../../state/lists/thread-rows';

/** Rows from the one at the top of the screen on, the place of that one in the list, and all that were in it. */
type OnScreen = { readonly rows: readonly PlacedRow[]; readonly at: number };
type PlacedRow = Pick<ThreadRow, 'key'> & { readonly newest: Pick<ThreadRow['newest'], 'id'> };

/** Rows that are looked at for one that stays: more than a screen has. */
const MOST_ROWS = 100;

/**
 * How many rows came above what is on the screen (negative: went). Counted by the first row there that stays in its
 * place: a conversation that goes to the top with new mail does not take the eyes along. Where a row has gone, those
 * below close the gap. 0 when all are gone, as in another list.
 */
export const rowsAbove = (before: OnScreen | undefined, rows: readonly PlacedRow[]): number => {
  if (!before) return 0;
  const places = new Map(rows.map(({ key, newest }, at) => [key, { id: newest.id, at }]));
  let gone = 0;
  for (const [index, { key, newest }] of before.rows.entries()) {
    const now = places.get(key);
    if (now?.id === newest.id) return now.at - (before.at + index) + gone;
    if (!now) gone += 1;
  }
  return 0;
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
  const before = useRef<OnScreen | undefined>(undefined);
  useLayoutEffect(() => {
    const element = scroll.current;
    if (!element) return undefined;
    const more = element.scrollTop > 0 ? rowsAbove(before.current, rows) : 0;
    if (more !== 0) element.scrollBy({ top: more * rowHeight, behavior: 'instant' });
    const remember = () => {
      const at = Math.floor(element.scrollTop / rowHeight);
      before.current = { rows: rows.slice(at, at + MOST_ROWS), at };
    };
    remember();
    element.addEventListener('scroll', remember, { passive: true });
    return () => element.removeEventListener('scroll', remember);
  }, [scroll, rows, rowHeight]);
};
