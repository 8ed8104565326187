import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ControlParser, ControlProtocolError, parseKeywords, quoteValue } from './control-protocol';

const TRANSCRIPT = [
  '250-AUTH METHODS=COOKIE,SAFECOOKIE COOKIEFILE="/x"',
  '250-VERSION Tor="0.4.9.11"',
  '250 OK',
  '650 STATUS_CLIENT NOTICE CIRCUIT_ESTABLISHED',
  '250+circuit-status=',
  '4 BUILT $AA~a4',
  '..starts with a dot',
  '.',
  '250 OK',
  '552 Unknown Onion Service id',
  '',
].join('\r\n');

function feedAll(pieces: readonly string[]) {
  const parser = new ControlParser();
  return pieces.flatMap((piece) => parser.feed(Buffer.from(piece, 'latin1')));
}

describe('replies', () => {
  test('are cut out of the stream', () => {
    expect(feedAll([TRANSCRIPT])).toEqual([
      {
        status: 250,
        lines: [
          { text: 'AUTH METHODS=COOKIE,SAFECOOKIE COOKIEFILE="/x"' },
          { text: 'VERSION Tor="0.4.9.11"' },
          { text: 'OK' },
        ],
      },
      { status: 650, lines: [{ text: 'STATUS_CLIENT NOTICE CIRCUIT_ESTABLISHED' }] },
      {
        status: 250,
        lines: [{ text: 'circuit-status=', data: ['4 BUILT $AA~a4', '.starts with a dot'] }, { text: 'OK' }],
      },
      { status: 552, lines: [{ text: 'Unknown Onion Service id' }] },
    ]);
  });

  test('are the same however the stream is cut', () => {
    const whole = feedAll([TRANSCRIPT]);
    fc.assert(
      fc.property(fc.array(fc.nat(TRANSCRIPT.length), { maxLength: 30 }), (cuts) => {
        const at = [0, ...[...cuts].sort((one, other) => one - other), TRANSCRIPT.length];
        const pieces = at.slice(1).map((end, index) => TRANSCRIPT.slice(at[index], end));
        expect(feedAll(pieces)).toEqual(whole);
      }),
    );
  });
});

describe('what is no control port', () => {
  test.each(['HTTP/1.1 400 Bad Request\r\n', '\r\n', '25 OK\r\n', '999 OK\r\n', '250-AUTH\r\n550 no\r\n'])(
    '%j',
    (text) => {
      expect(() => feedAll([text])).toThrow(ControlProtocolError);
    },
  );

  test('a line without end', () => {
    const parser = new ControlParser();
    const chunk = Buffer.alloc(60_000, 'x');
    expect(() => [chunk, chunk].forEach((part) => parser.feed(part))).toThrow(ControlProtocolError);
  });

  test('a reply without end', () => {
    const parser = new ControlParser();
    const chunk = Buffer.from(`250-${'x'.repeat(60_000)}\r\n`);
    expect(() => Array.from({ length: 200 }, () => parser.feed(chunk))).toThrow(ControlProtocolError);
  });

  test('a data block without end', () => {
    const parser = new ControlParser();
    parser.feed(Buffer.from('250+circuit-status=\r\n'));
    const chunk = Buffer.from(`${'x'.repeat(60_000)}\r\n`);
    expect(() => Array.from({ length: 200 }, () => parser.feed(chunk))).toThrow(ControlProtocolError);
  });

  test('any octets either parse or are refused', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 5 }), (chunks) => {
        const parser = new ControlParser();
        try {
          for (const chunk of chunks) parser.feed(chunk);
        } catch (error) {
          expect(error).toBeInstanceOf(ControlProtocolError);
        }
      }),
    );
  });
});

test('keywords are read with and without quotes', () => {
  const words = parseKeywords('STATUS_CLIENT WARN BOOTSTRAP PROGRESS=5 SUMMARY="a \\"b\\" C=d" COUNT=11 EMPTY=');
  expect(Object.fromEntries(words)).toEqual({ PROGRESS: '5', SUMMARY: 'a "b" C=d', COUNT: '11', EMPTY: '' });
});

test('values are quoted, and line breaks refused', () => {
  expect(quoteValue('a "b" \\c')).toBe('"a \\"b\\" \\\\c"');
  expect(() => quoteValue('a\r\nSIGNAL SHUTDOWN')).toThrow(RangeError);
});
