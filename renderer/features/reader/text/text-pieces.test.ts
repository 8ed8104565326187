import { describe, expect, it } from 'vitest';
import { textPieces } from './text-pieces';

describe('textPieces', () => {
  it.each([
    ['a letter', 'Hello,\nBob.\n', 1],
    ['nothing', '', 0],
    ['empty lines', '\n'.repeat(1_000_000), 500],
    ['no blanks', 'x'.repeat(1_000_000), 10],
    ['long lines', `${'x'.repeat(60_000)}\n`.repeat(10), 10],
    ['characters of two units', `a${'😀'.repeat(200_000)}`, 5],
  ])('makes pieces that a window bears, and loses nothing: %s', (_, text, count) => {
    const pieces = textPieces(text);
    expect(pieces.join('')).toBe(text);
    expect(pieces).toHaveLength(count);
    for (const piece of pieces) {
      expect(piece.length).toBeLessThanOrEqual(100_000);
      expect(piece.split('\n').length).toBeLessThanOrEqual(2_001);
      expect(piece).not.toMatch(/[\ud800-\udbff]$/u);
    }
  });
});
