import { describe, expect, it } from 'vitest';
import { isDrawableHtml } from './drawable-html';

describe('isDrawableHtml', () => {
  it('takes what people and newsletters send', () => {
    expect(isDrawableHtml('<p>Hello</p>'.repeat(10_000))).toBe(true);
    expect(isDrawableHtml(`<p>${'long text '.repeat(100_000)}</p>`)).toBe(true);
  });

  it('refuses what would freeze the window', () => {
    expect(isDrawableHtml('<div>'.repeat(25_001))).toBe(false);
    expect(isDrawableHtml('a'.repeat(3_000_001))).toBe(false);
  });
});
