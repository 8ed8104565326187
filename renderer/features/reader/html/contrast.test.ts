import { describe, expect, it } from 'vitest';
import { canBeRead, laidOver } from './contrast';

describe('words on a ground', () => {
  it('can be read, or are too much alike', () => {
    expect(canBeRead([0, 0, 0], [255, 255, 255])).toBe(true);
    expect(canBeRead([255, 255, 255], [255, 255, 255])).toBe(false);
    expect(canBeRead([250, 250, 250], [255, 255, 255])).toBe(false);
    expect(canBeRead([17, 17, 17], [0, 0, 0])).toBe(false);
    expect(canBeRead([150, 150, 150], [255, 255, 255])).toBe(true);
  });

  it('are laid over it when they let it through', () => {
    expect(laidOver('rgb(1, 2, 3)', [9, 9, 9])).toEqual([1, 2, 3]);
    expect(laidOver('#010203', [9, 9, 9])).toEqual([1, 2, 3]);
    expect(laidOver('rgba(0, 0, 0, 0)', [9, 9, 9])).toEqual([9, 9, 9]);
    expect(laidOver('rgba(255, 255, 255, 0.5)', [1, 1, 1])).toEqual([128, 128, 128]);
    expect(laidOver('', [9, 9, 9])).toBeUndefined();
  });
});
