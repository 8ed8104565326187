import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import type { ThreadRow } from '../../state/lists/thread-rows';
import { useSteadyRows } from './use-steady-rows';

const ROW_HEIGHT = 76;
/** Rows below the last one on screen at which the next page is asked for. */
const EARLY_ROWS = 12;

export type ScrolledRows = {
  readonly scroll: RefObject<HTMLDivElement | null>;
  readonly rows: readonly ThreadRow[];
  /** The key of the row that the keyboard is on, which comes into sight when it moves. */
  readonly cursor: string | undefined;
  readonly onNearEnd: () => void;
};

/** The rows that are near the screen, of thousands: only these are drawn, and the next page comes before its place. */
export const useRowsOnScreen = ({ scroll, rows, cursor, onNearEnd }: ScrolledRows) => {
  const count = rows.length;
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
  });
  const items = virtualizer.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastShown >= count - EARLY_ROWS) onNearEnd();
  }, [lastShown, count, onNearEnd]);
  useSteadyRows({ scroll, rows, rowHeight: ROW_HEIGHT });
  const cursorAt = rows.findIndex(({ key }) => key === cursor);
  const followed = useRef<string | undefined>(undefined);
  useEffect(() => {
    // Only when it moves: mail that comes above it moves the row, and must not move what the person looks at.
    if (cursorAt < 0 || followed.current === cursor) return;
    followed.current = cursor;
    virtualizer.scrollToIndex(cursorAt);
  }, [cursor, cursorAt, virtualizer]);
  return { items, height: virtualizer.getTotalSize() };
};
