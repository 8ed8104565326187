import { describe, expect, it } from 'vitest';
import { keyVerb } from './list-keys';

const from = (from: number, count = 10) => ({ from, count, page: 4 });

describe('the keys of the list of people', () => {
  it.each([
    ['ArrowDown', 3, 4],
    ['ArrowUp', 3, 2],
    ['PageDown', 3, 7],
    ['PageUp', 7, 3],
    ['Home', 7, 0],
    ['End', 3, 9],
  ])('%s leads from %i to %i', (key, start, end) => {
    expect(keyVerb(key, from(start))).toBe(end);
  });

  it('lead no further than there are people', () => {
    expect(keyVerb('ArrowDown', from(9))).toBe(9);
    expect(keyVerb('PageDown', from(8))).toBe(9);
    expect(keyVerb('ArrowUp', from(0))).toBe(0);
    expect(keyVerb('PageUp', from(1))).toBe(0);
  });

  it('begin at the first person from nowhere', () => {
    expect(keyVerb('ArrowDown', from(-1))).toBe(0);
    expect(keyVerb('ArrowUp', from(-1))).toBe(0);
  });

  it('open and leave only where somebody is chosen', () => {
    expect(keyVerb('Enter', from(2))).toBe('open');
    expect(keyVerb('Escape', from(2))).toBe('leave');
    expect(keyVerb('Enter', from(-1))).toBeUndefined();
    expect(keyVerb('Escape', from(-1))).toBeUndefined();
  });

  it('mean nothing in an empty list, and other keys mean nothing anywhere', () => {
    for (const key of ['ArrowDown', 'Home', 'End']) expect(keyVerb(key, from(-1, 0))).toBeUndefined();
    for (const key of ['a', ' ', 'Tab', 'ArrowLeft']) expect(keyVerb(key, from(2))).toBeUndefined();
  });
});
