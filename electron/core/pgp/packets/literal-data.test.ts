import { expect, it } from 'vitest';
import { readLiteral, withCrlf } from './literal-data';

const text = (octets: Uint8Array | undefined): string | undefined => octets && Buffer.from(octets).toString();

it.each([
  ['a\nb\n', 'a\r\nb\r\n'],
  ['a\r\nb\n', 'a\r\nb\r\n'],
  ['\n', '\r\n'],
  ['a\rb', 'a\rb'],
  ['', ''],
])('ends each line with CR LF: %j', (given, expected) => {
  const octets = Buffer.from(given);
  expect(text(withCrlf(octets, expected.length))).toBe(expected);
  expect(withCrlf(octets, expected.length - 1)).toBeUndefined();
});

it('copies nothing that is as it shall be', () => {
  const octets = Buffer.from('a\r\nb\r\n');
  expect(withCrlf(octets, 100)).toBe(octets);
});

it.each(['b', 't', 'u', 'm'])('leaves the octets of a literal of format «%s» as they are signed', (format) => {
  const body = Buffer.concat([
    Buffer.from([format.charCodeAt(0), 1]),
    Buffer.from('x'),
    Buffer.alloc(4),
    Buffer.from('a\n'),
  ]);
  expect(readLiteral(body)).toEqual({ octets: body.subarray(7), isText: format === 't' || format === 'u' });
});
