import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { inLines, segmentLength } from '../../domain/served/segments';
import { serveOctets } from './serve-entity';

const content = new Uint8Array(randomBytes(5_000));
const base64 = Buffer.from(content).toString('base64');
const lines = (line: number, end: 1 | 2): string => inLines(base64, { line, end });

/** A message with one file whose body is this. */
const message = (body: string, end = '\r\n'): Buffer =>
  Buffer.from(
    [
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Transfer-Encoding: BASE64',
      '',
      body,
      '--b--',
    ].join(end),
    'latin1',
  );

describe('a file within a message', () => {
  it.each([
    ['76 characters a line', message(lines(76, 2).trimEnd())],
    ['lines that end with LF', message(lines(76, 1).trimEnd(), '\n')],
    ['72 characters, and the last line ended, too', message(lines(72, 2))],
    ['one line', message(base64)],
  ])('is not kept twice: %s', (_what, octets) => {
    const { head, segments, literals } = serveOctets(octets, [{ content: new Uint8Array(5_000) }, { content }]);
    expect(segments).toMatchObject([{}, { file: 1, octets: 5_000 }, {}]);
    expect(literals.length).toBeLessThan(200);
    expect(segments.reduce((sum, each) => sum + segmentLength(each), head.length)).toBe(octets.length);
  });

  it.each([
    ['one line is shorter', message(lines(76, 2).replace('\r\n', '').trimEnd())],
    ['a blank in it', message(`${lines(76, 2).trimEnd()} `)],
    [
      'line ends of two kinds',
      message(
        lines(76, 2)
          .replace(/\r\n(?=[^]{100,200}$)/, '\n')
          .trimEnd(),
      ),
    ],
    ['bits at its end that say nothing', message(`${base64.slice(0, -2)}B=`)],
    ['of another file', message(Buffer.from(randomBytes(5_000)).toString('base64'))],
    ['lines that are no multiple of four', message(lines(78, 2).trimEnd())],
  ])('is kept as it came where encoding gives other octets: %s', (_what, octets) => {
    const { head, segments, literals } = serveOctets(octets, [{ content }]);
    expect(segments).toEqual([{ literal: octets.length - head.length }]);
    expect(Buffer.concat([head, literals]).equals(octets)).toBe(true);
  });
});
