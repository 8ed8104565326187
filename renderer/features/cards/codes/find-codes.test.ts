import QRCode from 'qrcode';
import { expect, test } from 'vitest';
import { findCodes } from './find-codes';
import type { Pixels } from './find-codes';
import { MOST_PIXELS } from './limits';
import { pictureSize } from './picture-size';
import { searchPlan } from './search-plan';

const card = `mailto:bob@${'a'.repeat(56)}.onion?fpr=${'4A7F'.repeat(10)}&code=abcdefghijklmnopqrstuv`;

type Grey = (x: number, y: number) => number;

/** The pixels of a picture whose brightness is told for each place. */
const picture = (width: number, height: number, grey: Grey): Pixels => {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < width * height; at += 1) {
    const light = grey(at % width, Math.floor(at / width));
    data.set([light, light, light, 255], at * 4);
  }
  return { data, width, height };
};

/** A code of so many pixels to a module with its quiet zone. */
const code = (text: string, scale: number): { readonly side: number; readonly grey: Grey } => {
  const { data, size } = QRCode.create(text, { errorCorrectionLevel: 'M' }).modules;
  const side = (size + 8) * scale;
  const dark = (x: number, y: number) => x >= 0 && y >= 0 && x < size && y < size && data[y * size + x] !== 0;
  return { side, grey: (x, y) => (dark(Math.floor(x / scale) - 4, Math.floor(y / scale) - 4) ? 0 : 255) };
};

test.each([2, 3, 5, 8])('a code of %d pixels to a module is read', (scale) => {
  const { side, grey } = code(card, scale);
  expect(findCodes(picture(side, side, grey))).toEqual([card]);
});

test('light on dark is read too', () => {
  const { side, grey } = code(card, 4);
  expect(findCodes(picture(side, side, (x, y) => 255 - grey(x, y)))).toEqual([card]);
});

test('turned by a quarter and half a turn', () => {
  const { side, grey } = code(card, 4);
  expect(findCodes(picture(side, side, (x, y) => grey(y, side - 1 - x)))).toEqual([card]);
  expect(findCodes(picture(side, side, (x, y) => grey(side - 1 - x, side - 1 - y)))).toEqual([card]);
});

test('two codes in one picture are two', () => {
  const [one, other] = [code(card, 4), code('mailto:carol@example', 6)];
  const found = findCodes(
    picture(one.side + other.side, Math.max(one.side, other.side), (x, y) =>
      x < one.side ? one.grey(x, y) : other.grey(x - one.side, y),
    ),
  );
  expect(found.sort()).toEqual(['mailto:carol@example', card].sort());
});

test('a picture without a code has none', () => {
  expect(findCodes(picture(300, 300, (x, y) => (x * 7 + y * 13) % 256))).toEqual([]);
});

test.each([
  [4_000, 3_000],
  [9_000, 5_000],
  [300, 200],
  [10_000, 400],
])('every place of a picture of %d by %d is searched, in pieces of bounded size', (width, height) => {
  const plan = searchPlan({ width, height });
  expect(plan.length).toBeLessThanOrEqual(60);
  for (const piece of plan.flat()) {
    expect(Math.max(piece.width, piece.height) * piece.scale).toBeLessThanOrEqual(2_401);
    expect(piece.x + piece.width).toBeLessThanOrEqual(width + 1);
    expect(piece.y + piece.height).toBeLessThanOrEqual(height + 1);
  }
});

/** Octets from hexadecimal digits, with zeros after them. */
const octets = (hex: string, length = 64): ArrayBuffer => {
  const view = new Uint8Array(length);
  hex
    .replaceAll(' ', '')
    .match(/../gu)
    ?.forEach((pair, at) => (view[at] = parseInt(pair, 16)));
  return view.buffer;
};

test.each([
  ['PNG', '89504e47 0d0a1a0a 0000000d 49484452 00000640 000004b0', { width: 1_600, height: 1_200 }],
  ['GIF', '474946383961 4006 b004', { width: 1_600, height: 1_200 }],
  ['BMP', '424d 00000000 00000000 00000000 00000000 40060000 50fbffff', { width: 1_600, height: 1_200 }],
  [
    'JPEG with a segment before its size',
    'ffd8 ffe0 0004 0000 ffc0 0011 08 04b0 0640',
    { width: 1_600, height: 1_200 },
  ],
  [
    'WebP, extended',
    '52494646 00000000 57454250 56503858 0a000000 00000000 3f0600 af0400',
    { width: 1_600, height: 1_200 },
  ],
])('the size of a %s is read from its header', (_name, hex, size) => {
  expect(pictureSize(octets(hex))).toEqual(size);
});

test('a claim beyond all memory is seen before anything is decoded', () => {
  const size = pictureSize(octets('89504e47 0d0a1a0a 0000000d 49484452 0000ea60 0000ea60'));
  expect(size && size.width * size.height > MOST_PIXELS).toBe(true);
});

test.each(['', 'ffd8', 'ffd8 ffe0 0000', '89504e47', '474946383961 0000 0000', '3c737667'])(
  '«%s» is no picture',
  (hex) => {
    expect(pictureSize(octets(hex, hex.replaceAll(' ', '').length / 2))).toBeUndefined();
  },
);
