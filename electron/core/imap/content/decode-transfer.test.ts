import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transferDecoder } from './decode-transfer';

/** Decodes a text that comes in pieces of so many octets. */
function decoded(encoding: string, text: string, piece = 7): string {
  const octets = Buffer.from(text, 'latin1');
  const pieces = Array.from({ length: Math.ceil(octets.length / piece) }, (_, at) =>
    octets.subarray(at * piece, (at + 1) * piece),
  );
  return Buffer.concat([...(transferDecoder(encoding)?.(pieces) ?? [])]).toString('latin1');
}

describe('transfer encodings', () => {
  it('undo base64, wherever its lines end', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 1, max: 90 }), (octets, piece) => {
        const lines = Buffer.from(octets).toString('base64').replaceAll(/.{20}/g, '$&\r\n');
        expect(decoded('base64', lines, piece)).toBe(Buffer.from(octets).toString('latin1'));
      }),
    );
  });

  it.each([
    ['aGVs bG8\r\n=', 'hello'],
    ['aGk=after', 'hi'],
    ['!!!', ''],
  ])('take of %j what is base64', (text, expected) => {
    expect(decoded('base64', text)).toBe(expected);
  });

  it.each([
    ['a=3Db', 'a=b'],
    ['soft=\r\nbreak', 'softbreak'],
    ['soft= \t\r\nbreak', 'softbreak'],
    ['blanks \t \r\nend ', 'blanks\r\nend'],
    ['=fc=FC', '\xfc\xfc'],
    ['no code =XY, no end =', 'no code =XY, no end '],
    ['\nbare\n', '\nbare\n'],
  ])('undo quoted-printable %j', (text, expected) => {
    expect(Array.from({ length: 12 }, (_, at) => decoded('quoted-printable', text, at + 1))).toEqual(
      Array.from({ length: 12 }, () => expected),
    );
  });

  it('leave other text as it is', () => {
    expect(['', '7bit', '8bit', 'binary'].map((encoding) => decoded(encoding, 'a=3D\0'))).toEqual(
      Array.from({ length: 4 }, () => 'a=3D\0'),
    );
  });

  it.each(['x-uuencode', 'constructor', '__proto__'])('do not know %s', (encoding) => {
    expect(transferDecoder(encoding)).toBeUndefined();
  });

  it('keep no line that does not end', () => {
    expect(decoded('quoted-printable', 'x'.repeat(300_000), 10_000)).toHaveLength(300_000);
  });
});
