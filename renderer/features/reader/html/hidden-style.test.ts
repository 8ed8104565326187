import { describe, expect, it } from 'vitest';
import { canBeRead, laidOver } from './contrast';
import { givesSize, hiddenBy } from './hidden-style';

describe('what a style hides', () => {
  it.each([
    'display:none',
    'DISPLAY : None !important',
    'visibility: hidden',
    'visibility:collapse',
    'opacity:0',
    'opacity: .01',
    'max-height:0;overflow:hidden',
    'width:1px; height:1px; overflow:hidden',
    'position:absolute;left:-9999px',
    'text-indent:-999px',
    'clip:rect(0 0 0 0)',
    'clip-path: inset(50%)',
    'color:#fff;display:none;font-size:1px',
  ])('is all of it: %s', (style) => {
    expect(hiddenBy(style)).toBe('all');
  });

  it.each(['font-size:0', 'font-size:0px', 'font-size: 1px', 'font-size:0.0em', 'font-size:0%'])(
    'is its own words: %s',
    (style) => {
      expect(hiddenBy(style)).toBe('words');
      expect(givesSize(style)).toBe(false);
    },
  );

  it.each([
    '',
    'display:block',
    'opacity:1',
    'opacity:0.9',
    'font-size:1em',
    'font-size:12px',
    'font-size:100%',
    'height:0',
    'overflow:hidden;height:200px',
    'margin-left:-10px',
    'max-height:0',
    'visibility:visible',
    'display',
  ])('is nothing: %j', (style) => {
    expect(hiddenBy(style)).toBeUndefined();
  });

  it('ends where words have a size of their own', () => {
    for (const size of ['12px', '9pt', '1rem', 'small', 'x-large', 'medium'])
      expect(givesSize(`font-size: ${size}`)).toBe(true);
    for (const size of ['1em', '120%', '0', 'inherit', 'larger']) expect(givesSize(`font-size: ${size}`)).toBe(false);
  });
});

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
