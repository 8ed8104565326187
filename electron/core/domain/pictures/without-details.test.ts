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
  if (answer.outcome !== 'cleaned') throw new Error(`Nothing was removed: ${answer.outcome}`);
  return answer.content;
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
    expect(withoutDetails(file)).toEqual({ outcome: 'clean' });
  });

  it.each([2, 3, 6, 8])('is turned as before (%d), right behind JFIF', (orientation) => {
    const file = cleaned(jpeg(orientation));
    expect(holds(file, SECRET)).toBe(false);
    const exif = 2 + JFIF.length;
    expect([...file.subarray(exif, exif + 2)]).toEqual([0xff, 0xe1]);
    expect(orientationOf(file.subarray(exif + 10))).toBe(orientation);
    expect(withoutDetails(file)).toEqual({ outcome: 'clean' });
  });

  it('that is cut off anywhere is cleaned, or said to be unclear', () => {
    const file = jpeg(6);
    for (let end = 2; end < file.length; end += 1) {
      const answer = withoutDetails(file.subarray(0, end));
      if (answer.outcome === 'cleaned') expect(holds(answer.content, SECRET)).toBe(false);
      else expect(answer).toEqual({ outcome: 'unclear' });
    }
  });

  it('without an end marker gets one', () => {
    const start = bytes([0xff, 0xd8], JFIF);
    const noted = segment(0xe1, bytes('Exif\0\0', tiff(1)));
    expect(cleaned(bytes(start, noted, PICTURE, SECOND_SCAN))).toEqual(bytes(start, PICTURE, SECOND_SCAN, END));
  });

  it.each([
    ['stray octets', [0, 1, 2]],
    ['a stray note', [...latin(SECRET)]],
    ['a lone restart', [0xff, 0xd3]],
    ['fill octets', [0xff, 0xff]],
    ['a stuffed octet', [0xff, 0]],
    ['another beginning', [0xff, 0xd8]],
  ])('with %s between its segments is cleaned', (_what, stray) => {
    const note = segment(0xe1, bytes('Exif\0\0', tiff(1)));
    const file = bytes([0xff, 0xd8], stray, JFIF, stray, note, stray, PICTURE, SECOND_SCAN, END);
    expect(cleaned(file)).toEqual(bytes([0xff, 0xd8], JFIF, PICTURE, SECOND_SCAN, END));
  });

  it('with stray octets between its scans, or whose last segment reaches past its end, is cleaned', () => {
    const file = bytes([0xff, 0xd8], JFIF, PICTURE, segment(0xfe, latin(SECRET)), latin(SECRET), SECOND_SCAN);
    expect(holds(cleaned(bytes(file, [0xff, 0xe1, 0xff, 0xff], SECRET)), SECRET.slice(0, 8))).toBe(false);
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
    const plain = withoutDetails(real);
    expect(cleaned(file)).toEqual(plain.outcome === 'cleaned' ? plain.content : real);
  });

  it('without an end gets one; one that is cut off within its picture is unclear, within a note it is cleaned', () => {
    const whole = cleaned(bytes(real, SECRET));
    const open = whole.subarray(0, -12);
    expect(cleaned(bytes(open, chunk('tEXt', latin(SECRET))))).toEqual(whole);
    expect(cleaned(bytes(open, chunk('tEXt', latin(SECRET)).subarray(0, 20)))).toEqual(whole);
    expect(cleaned(open)).toEqual(whole);
    expect(withoutDetails(bytes(open, chunk('IDAT', latin(SECRET)).subarray(0, 20)))).toEqual({ outcome: 'unclear' });
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

describe('a broken WebP', () => {
  const size = (value: number): number[] => u32(value).reverse();
  const frame = (inner: Uint8Array): Uint8Array => bytes('ANMF', size(16 + inner.length), new Uint8Array(16), inner);
  const file = (inner: Uint8Array): Uint8Array => bytes('RIFF', size(4 + inner.length), 'WEBP', inner);
  const picture = bytes('VP8 ', size(4), [1, 2, 3, 4]);

  it.each([
    ['a note within a frame', frame(bytes(picture, 'EXIF', size(4), 'GPS.'))],
    ['a frame whose chunk is cut off', frame(bytes('VP8 ', size(8), [1]))],
    ['a chunk that reaches past the end', bytes(picture, 'EXIF', size(400), SECRET)],
    ['no picture', bytes('EXIF', size(4), 'GPS.')],
  ])('is unclear: %s', (_what, inner) => {
    expect(withoutDetails(file(inner))).toEqual({ outcome: 'unclear' });
  });

  it('moves as before', () => {
    expect(cleaned(file(bytes(frame(picture), 'XMP ', size(4), 'GPS.')))).toEqual(file(frame(picture)));
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

  it('without an end gets one, and loses stray octets; what cannot be read is unclear', () => {
    expect(cleaned(bytes(head, comment, image))).toEqual(bytes(head, image, [0x3b]));
    expect(cleaned(bytes(head, [0, 0], comment, image, [0], [0x3b]))).toEqual(bytes(head, image, [0x3b]));
    expect(withoutDetails(bytes(head, image, [0x77], comment, [0x3b]))).toEqual({ outcome: 'unclear' });
    expect(withoutDetails(bytes(head, image, comment.subarray(0, 9)))).toEqual({ outcome: 'unclear' });
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

describe('boxes of a HEIC', () => {
  const box = (type: string, ...content: (Uint8Array | number[] | string)[]): Uint8Array => {
    const body = bytes(...content);
    return bytes(u32(body.length + 8), type, body);
  };
  const ftyp = box('ftyp', 'heic', u32(0));
  const iinf = box('iinf', [0, 0, 0, 0, ...u16(0)]);
  const meta = (...more: Uint8Array[]): Uint8Array =>
    box('meta', [0, 0, 0, 0], iinf, box('iloc', [0, 0, 0, 0, 0x44, 0, ...u16(0)]), ...more);
  const rest = (note: Uint8Array | string): Uint8Array =>
    bytes(
      meta(box('uuid', note)),
      box(
        'moov',
        box('mvhd', 'kept'),
        box('udta', note),
        box('trak', box('meta', note), box('mdia', box('udta', note))),
      ),
      box('mdat', 'picture'),
      box('mpvd', note),
      box('free', note),
      box('sefd', note),
      typeof note === 'string' ? latin(note) : note,
    );

  it('that hold films, notes of users or of programs are zeros, and what stands behind the last', () => {
    const file = bytes(ftyp, rest(SECRET));
    expect(cleaned(file)).toEqual(bytes(ftyp, rest(new Uint8Array(SECRET.length))));
  });

  it.each([
    ['no meta', bytes(ftyp, box('mdat', SECRET))],
    ['a meta without places', bytes(ftyp, box('meta', [0, 0, 0, 0], iinf), box('mdat', SECRET))],
    ['a meta that is cut off', bytes(ftyp, meta().subarray(0, 30))],
  ])('are unclear with %s', (_what, file) => {
    expect(withoutDetails(file)).toEqual({ outcome: 'unclear' });
  });
});

describe('a TIFF', () => {
  it('keeps its directories and how it is turned', () => {
    const file = cleaned(tiff(6));
    expect(holds(file, 'GPS 48')).toBe(false);
    expect(file).toHaveLength(tiff(6).length);
    expect(orientationOf(file)).toBe(6);
    expect(withoutDetails(file)).toEqual({ outcome: 'clean' });
  });

  it("that is a camera's raw file is left as it is: it could not be developed without its notes", () => {
    for (const tag of [0xc612, 0x927c]) {
      const raw = tiff(1);
      raw.set(u16(tag), 10);
      expect(withoutDetails(raw)).toEqual({ outcome: 'unclear' });
    }
  });

  it.each([1, 2])('is cleaned in its sub-directories, too (%d)', (count) => {
    const text = bytes(SECRET, [0]);
    const listAt = 8 + 2 + 12 + 4;
    const subAt = listAt + 8;
    const textAt = subAt + 2 + 12 + 4;
    const file = (note: Uint8Array): Uint8Array =>
      bytes(
        'MM',
        [0, 42, ...u32(8), ...u16(1), ...u16(0x014a), ...u16(4), ...u32(count), ...u32(count === 1 ? subAt : listAt)],
        [...u32(0), ...u32(subAt), ...u32(subAt)],
        [...u16(1), ...u16(0x010f), ...u16(2), ...u32(text.length), ...u32(textAt), ...u32(0)],
        note,
      );
    expect(cleaned(file(text))).toEqual(file(new Uint8Array(text.length)));
  });

  it('of the kind for more than 4 GB is unclear', () => {
    expect(withoutDetails(bytes('II', [43, 0, 8, 0, 0, 0], SECRET))).toEqual({ outcome: 'unclear' });
  });

  it('whose directories lead in a circle ends', () => {
    const file = tiff(1);
    file.set(u32(8), 8 + 2 + 3 * 12);
    expect(holds(cleaned(file), SECRET)).toBe(false);
  });
});

it('leaves everything else as it is, and says of a picture that cannot be read that it is unclear', () => {
  const outcome = (head: string) => withoutDetails(bytes(head, new Uint8Array(64).fill(0xff))).outcome;
  for (const head of ['', 'text', '%PDF-1.7']) expect(outcome(head)).toBe('other');
  const broken = ['GIF89a', '\x89PNG\r\n\x1a\n', 'RIFF\0\0\0\0WEBP', '\xff\xd8\xff', '\0\0\0\x18ftypheic'];
  for (const head of broken) expect(outcome(head)).toBe('unclear');
});
