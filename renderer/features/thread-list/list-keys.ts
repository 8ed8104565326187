import type { KeyboardEvent, MouseEvent } from 'react';
import { extendMarks, markAll, moveCursor, moveCursorToEnd, toggleMark } from '../../actions/messages/move-cursor';
import { openRow } from '../../actions/messages/open-row';
import { markRows, setCursor, useSelection } from '../../state/selection';

const PAGE_ROWS = 8;

const plain: Readonly<Record<string, () => void>> = {
  ArrowDown: () => moveCursor(1),
  ArrowUp: () => moveCursor(-1),
  PageDown: () => moveCursor(PAGE_ROWS),
  PageUp: () => moveCursor(-PAGE_ROWS),
  Home: () => moveCursorToEnd('first'),
  End: () => moveCursorToEnd('last'),
  Enter: openRow,
  ' ': () => {
    const { cursor } = useSelection.getState();
    if (cursor !== undefined) toggleMark(cursor);
  },
};

const shifted: Readonly<Record<string, () => void>> = {
  ArrowDown: () => extendMarks(1),
  ArrowUp: () => extendMarks(-1),
};
const controlled: Readonly<Record<string, () => void>> = { a: markAll };

/** The keys of the list itself; those that work everywhere are in features/shortcuts. */
export const listKeyDown = (event: KeyboardEvent): void => {
  if (event.target !== event.currentTarget || event.altKey) return;
  const table = event.ctrlKey || event.metaKey ? controlled : event.shiftKey ? shifted : plain;
  const act = table[event.key];
  if (!act) return;
  event.preventDefault();
  act();
};

/** Before a context menu opens: it is for the row under the pointer, or for all marked ones if that is one of them. */
export const pointAtRow = ({ target }: MouseEvent): void => {
  const key = target instanceof Element ? target.closest<HTMLElement>('[data-row-key]')?.dataset['rowKey'] : undefined;
  if (key === undefined) return;
  if (!useSelection.getState().marked.has(key)) markRows([]);
  setCursor(key);
};
