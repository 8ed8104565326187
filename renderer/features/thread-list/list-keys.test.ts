import type { KeyboardEvent } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { setCursor, useSelection } from '../../state/selection';
import { threadRows } from '../../state/lists/thread-rows';
import { useVisibleRows } from '../../state/visible-rows';
import { resetStore } from '../../testing/reset-store';
import { makeMessage } from '../../testing/sample-mail';
import { listKeyDown } from './list-keys';

const rows = threadRows(Array.from({ length: 20 }, (_, index) => makeMessage(20 - index)));
const place = (): number => rows.findIndex(({ key }) => key === useSelection.getState().cursor);
const marks = (): number[] =>
  rows.flatMap(({ key }, index) => (useSelection.getState().marked.has(key) ? [index] : []));

/** Presses a key on the list itself, or on something within it; tells whether the list took it. */
const press = (key: string, change: Partial<KeyboardEvent> = {}): boolean => {
  const list = {};
  const preventDefault = vi.fn();
  listKeyDown({ key, target: list, currentTarget: list, preventDefault, ...change } as unknown as KeyboardEvent);
  return preventDefault.mock.calls.length > 0;
};

beforeEach(() => {
  resetStore(useSelection);
  useVisibleRows.setState({ rows, opened: undefined });
  setCursor(rows[10]?.key);
});

describe('the keys of the list', () => {
  it.each([
    ['ArrowDown', 11],
    ['ArrowUp', 9],
    ['PageDown', 18],
    ['PageUp', 2],
    ['Home', 0],
    ['End', 19],
  ])('%s goes from row 10 to row %i', (key, row) => {
    expect(press(key)).toBe(true);
    expect(place()).toBe(row);
  });

  it('mark with the space bar, and further with Shift', () => {
    press(' ');
    expect(marks()).toEqual([10]);
    press('ArrowDown', { shiftKey: true });
    press('ArrowDown', { shiftKey: true });
    expect(marks()).toEqual([10, 11, 12]);
  });

  it('mark everything with Ctrl or the command key and A', () => {
    press('a', { ctrlKey: true });
    expect(marks()).toHaveLength(20);
    press('Home');
    press('a', { metaKey: true });
    expect(marks()).toHaveLength(20);
  });

  it('leave alone what is none of theirs', () => {
    expect(press('a')).toBe(false);
    expect(press('ArrowDown', { altKey: true })).toBe(false);
    expect(press('ArrowDown', { ctrlKey: true })).toBe(false);
    expect(press('ArrowDown', { target: {} as EventTarget })).toBe(false);
    expect(place()).toBe(10);
  });
});
