import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect } from 'react';
import type { RefObject } from 'react';

const ROW_HEIGHT = 76;
/** Rows below the last one on screen at which the next page is asked for. */
const EARLY_ROWS = 12;

export type ScrolledRows = {
  readonly scroll: RefObject<HTMLDivElement | null>;
  readonly count: number;
  /** The row that the keyboard is on, which stays in sight; -1: none. */
  readonly cursorAt: number;
  readonly onNearEnd: () => void;
};

/** The rows that are near the screen, of thousands: only these are drawn, and the next page comes before its place. */
export const useRowsOnScreen = ({ scroll, count, cursorAt, onNearEnd }: ScrolledRows) => {
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
  useEffect(() => {
    if (cursorAt >= 0) virtualizer.scrollToIndex(cursorAt);
  }, [cursorAt, virtualizer]);
  return { items, height: virtualizer.getTotalSize() };
};
