import { describe, expect, it } from 'vitest';
import { messageId } from '../../testing/sample-mail';
import { rowsAbove } from './use-steady-rows';

/** Rows by their names; `b2` is the row `b` with newer mail. */
const rows = (...names: string[]) =>
  names.map((name) => ({
    key: name.charAt(0),
    newest: { id: messageId(name.charCodeAt(0) * 10 + Number(name.charAt(1))) },
  }));

describe('the rows above what is on the screen', () => {
  const screen = { rows: rows('c', 'd', 'e'), at: 2 };

  it.each([
    ['nothing happens', ['a', 'b', 'c', 'd', 'e'], 0],
    ['new ones come', ['n', 'a', 'o', 'b', 'c', 'd', 'e'], 2],
    ['some go', ['b', 'c', 'd', 'e'], -1],
    ['some come below', ['a', 'b', 'c', 'n', 'd', 'e'], 0],
    ['the one on top goes up with new mail', ['c2', 'a', 'b', 'd', 'e'], 0],
    ['two on the screen go up', ['d2', 'c2', 'a', 'b', 'e'], 0],
    ['one above goes up', ['b2', 'a', 'c', 'd', 'e'], 0],
    ['one from below goes up', ['f2', 'a', 'b', 'c', 'd', 'e'], 1],
    ['the one on top goes up, and a new one comes', ['n', 'c2', 'a', 'b', 'd', 'e'], 1],
    ['the one on top leaves the list', ['a', 'b', 'd', 'e'], 0],
    ['the one on top leaves, and a new one comes', ['n', 'a', 'b', 'd', 'e'], 1],
    ['one in the middle leaves', ['a', 'b', 'c', 'e'], 0],
    ['it is another list', ['x', 'y', 'z'], 0],
    ['the list is empty', [], 0],
  ])('are counted when %s', (_, now, count) => {
    expect(rowsAbove(screen, rows(...now))).toBe(count);
  });

  it('are none before anything was shown', () => {
    expect(rowsAbove(undefined, rows('x', 'y'))).toBe(0);
  });
});
