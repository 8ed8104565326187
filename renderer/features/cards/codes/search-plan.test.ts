import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_SEARCHED_SIDE } from './limits';
import { pictureSize } from './picture-size';
import { searchPlan } from './search-plan';

const sizes = fc.record({ width: fc.integer({ min: 1, max: 9_000 }), height: fc.integer({ min: 1, max: 9_000 }) });

describe('the plan of a search', () => {
  it('begins with the whole picture, and never looks outside of it or at too much at once', () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const pieces = searchPlan(size).flat();
        expect(pieces[0]).toMatchObject({ x: 0, y: 0, ...size });
        for (const { x, y, width, height, scale } of pieces) {
          expect(x).toBeGreaterThanOrEqual(0);
          expect(y).toBeGreaterThanOrEqual(0);
          expect(x + width).toBeLessThanOrEqual(size.width + 1e-6);
          expect(y + height).toBeLessThanOrEqual(size.height + 1e-6);
          expect(Math.max(width, height) * scale).toBeLessThanOrEqual(LONGEST_SEARCHED_SIDE + 1e-6);
        }
      }),
    );
  });

  it('covers every point of a large picture piece by piece', () => {
    const size = { width: 8_000, height: 5_000 };
    const pieces = searchPlan(size)
      .flat()
      .filter(({ width, height }) => width < 4_001 && height < 4_001);
    for (let x = 50; x < size.width; x += 333)
      for (let y = 50; y < size.height; y += 333)
        expect(pieces.some((one) => x >= one.x && x < one.x + one.width && y >= one.y && y < one.y + one.height)).toBe(
          true,
        );
  });

  it('enlarges a small picture once, and cuts none that is searched whole', () => {
    const steps = searchPlan({ width: 100, height: 80 });
    expect(steps.flat().some(({ width, scale }) => width === 100 && scale === 3)).toBe(true);
    expect(steps).toHaveLength(3);
  });

  it('has no step twice', () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const wholes = searchPlan(size).filter(
          ([piece]) => piece?.width === size.width && piece.height === size.height,
        );
        expect(new Set(wholes.map(([piece]) => piece?.scale)).size).toBe(wholes.length);
      }),
      { examples: [[{ width: 1, height: 500 }], [{ width: 2, height: 2 }], [{ width: 700, height: 1 }]] },
    );
  });
});

/** Octets from texts and numbers, as a file begins with them. */
const octets = (...parts: (string | number)[]): ArrayBuffer =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? Array.from(part, (letter) => letter.charCodeAt(0)) : [part])),
  ).buffer;

describe('the size that a picture claims', () => {
  it.each([
    ['PNG', octets(0x89, 'PNG', 13, 10, 26, 10, 0, 0, 0, 13, 'IHDR', 0, 0, 4, 0, 0, 0, 3, 0), 1_024, 768],
    ['GIF', octets('GIF89a', 0x40, 1, 0xf0, 0), 320, 240],
    ['BMP', octets('BM', ...Array<number>(16).fill(0), 100, 0, 0, 0, 0xce, 0xff, 0xff, 0xff), 100, 50],
    ['JPEG', octets(0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xff, 0xc0, 0, 17, 8, 2, 0, 3, 0), 768, 512],
    ['JPEG, progressive', octets(0xff, 0xd8, 0xff, 0xc4, 0, 3, 9, 0xff, 0xc2, 0, 17, 8, 0, 9, 0, 7), 7, 9],
    ['lossy WebP', octets('RIFF', 0, 0, 0, 0, 'WEBPVP8 ', ...Array<number>(10).fill(0), 0x90, 1, 0x2c, 1), 400, 300],
    ['lossless WebP', octets('RIFF', 0, 0, 0, 0, 'WEBPVP8L', 0, 0, 0, 0, 0x2f, 0x8f, 0xc1, 0x4a, 0), 400, 300],
    [
      'extended WebP',
      octets('RIFF', 0, 0, 0, 0, 'WEBPVP8X', ...Array<number>(8).fill(0), 0x8f, 1, 0, 0x2b, 1, 0),
      400,
      300,
    ],
  ])('is read from the head of a %s', (_kind, head, width, height) => {
    expect(pictureSize(head)).toEqual({ width, height });
  });

  it.each([
    ['nothing', octets()],
    ['a text', octets('BEGIN:VCARD and so on, long enough')],
    ['a PNG that is cut off', octets(0x89, 'PNG', 13, 10, 26, 10, 0, 0, 0, 13, 'IHDR', 0, 0)],
    ['a picture without width', octets('GIF89a', 0, 0, 1, 0)],
    ['a JPEG without a frame', octets(0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0x00, 0x00)],
  ])('is none for %s', (_what, head) => {
    expect(pictureSize(head)).toBeUndefined();
  });

  it('is found or not found in any octets, in time and without a fault', () => {
    const heads = ['', 'GIF8', 'BM', 'RIFF....WEBPVP8X', '\u00ff\u00d8'].map((text) =>
      Array.from(text, (letter) => letter.charCodeAt(0)),
    );
    fc.assert(
      fc.property(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 400 }), (head, rest) => {
        const size = pictureSize(Uint8Array.from([...head, ...rest]).buffer);
        if (size !== undefined) expect(Math.min(size.width, size.height)).toBeGreaterThan(0);
      }),
      { numRuns: 2_000 },
    );
  });
});
