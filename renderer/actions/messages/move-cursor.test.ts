import { beforeEach, describe, expect, it } from 'vitest';
import { markRows, openConversation, setCursor, useSelection } from '../../state/selection';
import { threadRows } from '../../state/lists/thread-rows';
import { useVisibleRows } from '../../state/visible-rows';
import { makeMessage, ME, messageId } from '../../testing/sample-mail';
import {
  extendMarks,
  goToRow,
  markAll,
  markUntil,
  moveCursor,
  moveCursorToEnd,
  rowAfter,
  toggleMark,
} from './move-cursor';

/** Five conversations, newest first; `5` to `1` are their subjects' numbers. */
const rows = () => threadRows([5, 4, 3, 2, 1].map((number) => makeMessage(number)));
const keyOf = (number: number): string => rows()[5 - number]?.key ?? expect.fail();
const marked = (): number[] => [5, 4, 3, 2, 1].filter((number) => useSelection.getState().marked.has(keyOf(number)));
const standsOn = (): number | undefined =>
  [5, 4, 3, 2, 1].find((number) => useSelection.getState().cursor === keyOf(number));

beforeEach(() => {
  useSelection.setState(useSelection.getInitialState(), true);
  useVisibleRows.setState({ rows: rows(), opened: undefined });
});

describe('the keyboard in the list', () => {
  it('begins at the first row, whichever way it goes', () => {
    moveCursor(1);
    expect(standsOn()).toBe(5);
    setCursor(undefined);
    useSelection.setState({ open: undefined });
    moveCursor(-1);
    expect(standsOn()).toBe(5);
  });

  it('goes on from where it stands, and no further than there are rows', () => {
    setCursor(keyOf(4));
    moveCursor(2);
    expect(standsOn()).toBe(2);
    moveCursor(8);
    expect(standsOn()).toBe(1);
    moveCursor(-100);
    expect(standsOn()).toBe(5);
  });

  it('goes on from the conversation in the reader when the row under it has left the list', () => {
    openConversation({ identityId: ME, threadId: 'thread 3', messageId: messageId(3) });
    setCursor('a row that is gone');
    moveCursor(1);
    expect(standsOn()).toBe(2);
  });

  it('jumps to either end', () => {
    moveCursorToEnd('last');
    expect(standsOn()).toBe(1);
    moveCursorToEnd('first');
    expect(standsOn()).toBe(5);
  });

  it('does nothing in a list without rows', () => {
    useVisibleRows.setState({ rows: [] });
    moveCursor(1);
    moveCursorToEnd('last');
    extendMarks(1);
    markAll();
    expect(useSelection.getState()).toMatchObject({ cursor: undefined, open: undefined });
    expect(marked()).toEqual([]);
  });
});

describe('a row that the keyboard reaches', () => {
  it('opens at its oldest unread message', () => {
    const [row] = threadRows([
      makeMessage(9, { threadId: 't' }),
      makeMessage(8, { threadId: 't', seen: false }),
      makeMessage(7, { threadId: 't', seen: false }),
      makeMessage(6, { threadId: 't' }),
    ]);
    goToRow(row ?? expect.fail());
    expect(useSelection.getState().open).toEqual({ identityId: ME, threadId: 't', messageId: messageId(7) });
  });

  it('opens at its newest message when all are read', () => {
    const [row] = threadRows([makeMessage(9, { threadId: 't' }), makeMessage(8, { threadId: 't' })]);
    goToRow(row ?? expect.fail());
    expect(useSelection.getState().open?.messageId).toBe(messageId(9));
  });

  it('of a draft only waits for Enter: the reader is emptied', () => {
    openConversation({ identityId: ME, threadId: 'thread 3', messageId: messageId(3) });
    const [draft] = threadRows([makeMessage(9, { folder: 'drafts' })]);
    goToRow(draft ?? expect.fail());
    expect(useSelection.getState()).toMatchObject({ open: undefined, cursor: draft?.key });
  });

  it('ends a selection of several', () => {
    markRows([keyOf(5), keyOf(4)]);
    moveCursor(1);
    expect(marked()).toEqual([]);
  });
});

describe('a selection of several', () => {
  it('grows by Shift and an arrow, with the row that it began at', () => {
    setCursor(keyOf(4));
    extendMarks(1);
    expect(marked()).toEqual([4, 3]);
    extendMarks(1);
    expect(marked()).toEqual([4, 3, 2]);
    expect(standsOn()).toBe(2);
  });

  it('takes in the row under the keyboard when a second one is marked', () => {
    setCursor(keyOf(5));
    toggleMark(keyOf(3));
    expect(marked()).toEqual([5, 3]);
    toggleMark(keyOf(1));
    expect(marked()).toEqual([5, 3, 1]);
  });

  it('loses a row that is marked again', () => {
    markRows([keyOf(5), keyOf(3)]);
    toggleMark(keyOf(3));
    expect(marked()).toEqual([5]);
    expect(standsOn()).toBe(3);
  });

  it('reaches from the keyboard to a row, in both directions', () => {
    setCursor(keyOf(2));
    markUntil(keyOf(4));
    expect(marked()).toEqual([4, 3, 2]);
    setCursor(keyOf(4));
    markUntil(keyOf(1));
    expect(marked()).toEqual([4, 3, 2, 1]);
  });

  it('can be all that is shown', () => {
    markAll();
    expect(marked()).toEqual([5, 4, 3, 2, 1]);
  });
});

describe('the row after rows that leave', () => {
  const after = (...numbers: number[]): string | undefined =>
    rowAfter(rows().filter(({ key }) => numbers.some((number) => keyOf(number) === key)))?.newest.subject;

  it('is the next one below the lowest of them', () => {
    expect(after(4)).toBe('Letter 3');
    expect(after(5, 3)).toBe('Letter 2');
  });

  it('is the nearest one above when the last row leaves', () => {
    expect(after(1)).toBe('Letter 2');
    expect(after(2, 1)).toBe('Letter 3');
    expect(after(3, 1)).toBe('Letter 2');
  });

  it('is none when all leave', () => {
    expect(after(5, 4, 3, 2, 1)).toBeUndefined();
  });
});
