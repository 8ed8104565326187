import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { orientationOf } from './clean-tiff';
import { joined } from './octets';
import { withoutDetails } from './without-details';

const SECRET = 'GPS 48.2082 N 16.3738 E, camera 4711';
const latin = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const u16 = (value: number): number[] => [value >> 8, value & 255];
const u32 = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const bytes = (...parts: (Uint8Array | number[] | string)[]): Uint8Array =>
  joined(parts.map((part) => (typeof part === 'string' ? latin(part) : Uint8Array.from(part))));
const holds = (file: Uint8Array, text: string): boolean => Buffer.from(file).includes(Buffer.from(text, 'latin1'));
const cleaned = (file: Uint8Array): Uint8Array => {
  const answer = withoutDetails(file);
  if (!answer) throw new Error('Nothing was removed');
  return answer;
};

/** A TIFF structure: orientation, a model, and a GPS directory with a text. */
function tiff(orientation: number): Uint8Array {
  const text = bytes(SECRET, [0]);
  const gpsAt = 8 + 2 + 3 * 12 + 4;
  const textAt = gpsAt + 2 + 12 + 4;
  return bytes(
    'MM',
    [0, 42, ...u32(8), ...u16(3)],
    [...u16(0x0110), ...u16(2), ...u32(text.length), ...u32(textAt)],
    [...u16(0x0112), ...u16(3), ...u32(1), ...u16(orientation), 0, 0],
    [...u16(0x8825), ...u16(4), ...u32(1), ...u32(gpsAt), ...u32(0)],
    [...u16(1), ...u16(0x001b), ...u16(7), ...u32(text.length), ...u32(textAt), ...u32(0)],
    text,
  );
}

const segment = (marker: number, content: Uint8Array): Uint8Array =>
  bytes([0xff, marker, ...u16(content.length + 2)], content);
const JFIF = segment(0xe0, bytes('JFIF\0', [1, 2, 0, 0, 1, 0, 1, 0, 0]));
const PICTURE = bytes(
  segment(0xdb, bytes([0, 1, 2])),
  segment(0xda, bytes([1, 1, 0])),
  [0x12, 0xff, 0, 0x34, 0xff, 0xd0, 9],
);
const SECOND_SCAN = bytes(segment(0xc4, bytes([7])), segment(0xda, bytes([2])), [0x56, 0xff, 0]);
const END = bytes([0xff, 0xd9]);

function jpeg(orientation: number): Uint8Array {
  return bytes(
    [0xff, 0xd8],
    JFIF,
    segment(0xe1, bytes('Exif\0\0', tiff(orientation))),
    segment(0xe1, bytes('http://ns.adobe.com/xap/1.0/\0', SECRET)),
    segment(0xe2, bytes('ICC_PROFILE\0', [1, 1], 'colours')),
    segment(0xe2, bytes('MPF\0', SECRET)),
    segment(0xed, bytes('Photoshop 3.0\0', SECRET)),
    segment(0xee, bytes('Adobe', [0, 100, 0, 0, 0, 0, 1])),
    segment(0xfe, bytes(SECRET)),
    PICTURE,
    segment(0xfe, bytes(SECRET)),
    SECOND_SCAN,
    END,
    // Telephones put a second picture with details of its own behind the first.
    bytes([0xff, 0xd8], segment(0xe1, bytes('Exif\0\0', tiff(1))), SECRET, [0xff, 0xd9]),
  );
}

describe('a JPEG', () => {
  it('keeps its picture and colours, and nothing that was noted in it', () => {
    const file = cleaned(jpeg(1));
    expect(file).toEqual(
      bytes(
        [0xff, 0xd8],
        JFIF,
        segment(0xe2, bytes('ICC_PROFILE\0', [1, 1], 'colours')),
        segment(0xee, bytes('Adobe', [0, 100, 0, 0, 0, 0, 1])),
        PICTURE,
        SECOND_SCAN,
        END,
      ),
    );
    expect(withoutDetails(file)).toBeUndefined();
  });

  it.each([2, 3, 6, 8])('is turned as before (%d), right behind JFIF', (orientation) => {
    const file = cleaned(jpeg(orientation));
    expect(holds(file, SECRET)).toBe(false);
    const exif = 2 + JFIF.length;
    expect([...file.subarray(exif, exif + 2)]).toEqual([0xff, 0xe1]);
    expect(orientationOf(file.subarray(exif + 10))).toBe(orientation);
    expect(withoutDetails(file)).toBeUndefined();
  });

  it('that is cut off anywhere is left as it is', () => {
    const file = jpeg(6);
    const whole = file.length - END.length;
    for (let end = 0; end < whole; end += 1) {
      const part = file.subarray(0, end);
      const answer = withoutDetails(part);
      expect(answer === undefined || !holds(answer, SECRET)).toBe(true);
    }
  });
});

const chunk = (type: string, content: Uint8Array): Uint8Array =>
  bytes(u32(content.length), type, content, [0, 0, 0, 0]);

describe('a PNG', () => {
  const real = new Uint8Array(readFileSync('assets/icons/64x64.png'));
  // Behind the signature and IHDR.
  const at = 8 + 25;
  const notes = ['tEXt', 'zTXt', 'iTXt', 'eXIf', 'tIME', 'caBX'].map((type) => chunk(type, bytes(SECRET)));

  it('is as before without its texts, times and Exif, and what stands behind it', () => {
    const file = bytes(real.subarray(0, at), ...notes, real.subarray(at), SECRET);
    expect(cleaned(file)).toEqual(withoutDetails(real) ?? real);
  });
});

describe('a WebP', () => {
  const riff = (...chunks: Uint8Array[]): Uint8Array => {
    const body = bytes('WEBP', ...chunks);
    return bytes('RIFF', u32(body.length).reverse(), body);
  };
  const part = (type: string, content: Uint8Array): Uint8Array =>
    bytes(type, u32(content.length).reverse(), content, content.length % 2 === 1 ? [0] : []);
  const extended = (flags: number): Uint8Array => part('VP8X', bytes([flags, 0, 0, 0, 9, 0, 0, 9, 0, 0]));

  it('says neither Exif nor XMP any more, and is as long as it says', () => {
    const file = riff(
      extended(0x2c),
      part('ICCP', bytes('abc')),
      part('VP8 ', bytes('picture')),
      part('EXIF', bytes(SECRET)),
      part('XMP ', bytes(SECRET)),
    );
    expect(cleaned(file)).toEqual(riff(extended(0x20), part('ICCP', bytes('abc')), part('VP8 ', bytes('picture'))));
  });
});

describe('a GIF', () => {
  const head = bytes('GIF89a', [1, 0, 1, 0, 0x80, 0, 0], [0, 0, 0, 255, 255, 255]);
  const loop = bytes([0x21, 0xff, 11], 'NETSCAPE2.0', [3, 1, 0, 0, 0]);
  const control = bytes([0x21, 0xf9, 4, 0, 0, 0, 0, 0]);
  const image = bytes([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]);
  const comment = bytes([0x21, 0xfe, SECRET.length], SECRET, [0]);
  const xmp = bytes([0x21, 0xff, 11], 'XMP DataXMP', [SECRET.length], SECRET, [0]);

  it('moves as before, without comments and what stands behind it', () => {
    const file = bytes(head, comment, loop, xmp, control, image, comment, control, image, [0x3b], SECRET);
    expect(cleaned(file)).toEqual(bytes(head, loop, control, image, control, image, [0x3b]));
  });
});

describe('a HEIC or AVIF', () => {
  const box = (type: string, ...content: (Uint8Array | number[] | string)[]): Uint8Array => {
    const body = bytes(...content);
    return bytes(u32(body.length + 8), type, body);
  };
  const infe = (id: number, type: string): Uint8Array => box('infe', [2, 0, 0, 0, ...u16(id), 0, 0], type, [0]);

  it.each(['heic', 'avif'])(
    'has zeros where its Exif and XMP were, and every other octet in its place (%s)',
    (brand) => {
      const ftyp = box('ftyp', brand, u32(0));
      const meta = (places: number[]): Uint8Array =>
        box(
          'meta',
          [0, 0, 0, 0],
          box('iinf', [0, 0, 0, 0, ...u16(3)], infe(1, 'hvc1'), infe(2, 'Exif'), infe(3, 'mime')),
          box(
            'iloc',
            [0, 0, 0, 0, 0x44, 0, ...u16(3)],
            ...places.map((at, index) => [
              ...u16(index + 1),
              0,
              0,
              0,
              1,
              ...u32(at),
              ...u32(index === 0 ? 7 : SECRET.length),
            ]),
          ),
        );
      const start = ftyp.length + meta([0, 0, 0]).length + 8;
      const places = [start, start + 7, start + 7 + SECRET.length];
      const file = bytes(ftyp, meta(places), box('mdat', 'picture', SECRET, SECRET), box('uuid', SECRET));
      const zeros = new Uint8Array(SECRET.length);
      expect(cleaned(file)).toEqual(
        bytes(ftyp, meta(places), box('mdat', 'picture', zeros, zeros), box('uuid', zeros)),
      );
    },
  );
});

describe('a TIFF', () => {
  it('keeps its directories and how it is turned', () => {
    const file = cleaned(tiff(6));
    expect(holds(file, 'GPS 48')).toBe(false);
    expect(file).toHaveLength(tiff(6).length);
    expect(orientationOf(file)).toBe(6);
    expect(withoutDetails(file)).toBeUndefined();
  });

  it("that is a camera's raw file is left as it is: it could not be developed without its notes", () => {
    const raw = tiff(1);
    raw.set(u16(0x014a), 10);
    expect(withoutDetails(raw)).toBeUndefined();
  });

  it('whose directories lead in a circle ends', () => {
    const file = tiff(1);
    file.set(u32(8), 8 + 2 + 3 * 12);
    expect(holds(cleaned(file), SECRET)).toBe(false);
  });
});

it('leaves everything else as it is, whatever its beginning promises', () => {
  for (const head of [
    '',
    'text',
    '%PDF-1.7',
    'GIF89a',
    '\x89PNG\r\n\x1a\n',
    'RIFF\0\0\0\0WEBP',
    'II*\0',
    '\xff\xd8\xff',
    '\0\0\0\x18ftypheic',
  ])
    expect(withoutDetails(bytes(head, new Uint8Array(64).fill(0xff)))).toBeUndefined();
});
