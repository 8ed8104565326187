import { expect, it } from 'vitest';
import { rowsAbove } from './use-steady-rows';

const rows = (...keys: string[]) => keys.map((key) => ({ key }));

it('tells how many rows came or went above the one on top of the screen', () => {
  const top = { key: 'c', at: 2 };
  expect(rowsAbove(top, rows('a', 'b', 'c', 'd'))).toBe(0);
  expect(rowsAbove(top, rows('new', 'a', 'between', 'b', 'c', 'd'))).toBe(2);
  expect(rowsAbove(top, rows('b', 'c', 'below', 'd'))).toBe(-1);
  expect(rowsAbove(top, rows('x', 'y'))).toBe(0);
  expect(rowsAbove(undefined, rows('x', 'y'))).toBe(0);
});
