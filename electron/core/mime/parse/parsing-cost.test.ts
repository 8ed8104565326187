import { describe, expect, it } from 'vitest';
import { growth, LINEAR } from '../../testing/growth';
import { hostileEncodings, hostileHead, hostileLetter, hostileShapes, hostileTypes } from '../testing/hostile-letter';
import { plainTextOf } from './html-text';
import { parseInner } from './parse-inner';

const onion = `${'a'.repeat(56)}.onion`;
/** Short of what a line may have. */
const LINE = 900;
const KIB = 1_024;

const reportPart = (type: string, octets: number): string =>
  `--b\r\nContent-Type: ${type.startsWith('rfc') ? 'text' : 'message'}/${type}\r\n\r\n${'\r\n'.repeat(octets / 2)}x\r\n`;

describe('reading a letter costs in proportion to its size', () => {
  it.each(Object.entries(hostileShapes))('of %s, in any type and encoding', async (_name, shape) => {
    const letters = [1, 4].map((amount) =>
      hostileTypes.flatMap((type) =>
        hostileEncodings.map((encoding) => hostileLetter({ shape, type, encoding, size: 16 * KIB * amount })),
      ),
    );
    const read = (amount: 1 | 4): void => {
      for (const raw of letters[amount === 1 ? 0 : 1] ?? []) expect(parseInner(raw).outcome).toBe('parsed');
    };
    expect(await growth(read)).toBeLessThan(LINEAR);
  });

  it.each(Object.entries(hostileShapes))('of a page of %s on one line', async (_name, shape) => {
    const page = shape.repeat(Math.ceil((400 * KIB) / shape.length));
    const read = (amount: number): string => plainTextOf(page.slice(0, (page.length / 4) * amount));
    expect(await growth(read)).toBeLessThan(LINEAR);
  });

  it.each([
    ['Subject', '=?utf-8?q?a?= '],
    ['Subject', '=?utf-8?q?'],
    ['Subject', '=?'],
    ['Subject', '=?u?q?a?b?'],
    ['Subject', ' '],
    ['To', '"'],
    ['To', '('],
    ['To', '()'],
    ['To', '<'],
    ['To', `<a@${onion}>,`],
    ['To', ','],
    ['References', '<a@b>'],
    ['References', '<'],
    ['References', '('],
    ['Content-Disposition', ';a="'],
    ['Content-Disposition', '\\"'],
    ['Content-Disposition', ';'],
    ['Content-Disposition', '; (c)'],
    ['X-Long', 'x '],
  ])('of a field %s of many %j', async (name, piece) => {
    const count = Math.floor(13_000 / piece.length);
    const line = piece.repeat(Math.ceil(LINE / piece.length)).slice(0, LINE);
    const letters = [1, 4].map((amount) => {
      const lines = Array.from({ length: Math.ceil((count * amount * piece.length) / LINE) }, () => ` ${line}`);
      return Buffer.from(`${hostileHead}${name}:${lines.join('\r\n')}\r\n\r\nx\r\n`, 'latin1');
    });
    const read = (amount: 1 | 4): void => {
      for (let times = 0; times < 4; times += 1) parseInner(letters[amount === 1 ? 0 : 1] ?? Buffer.alloc(0));
    };
    expect(await growth(read)).toBeLessThan(LINEAR);
  });

  /** A value of so many characters, folded. */
  const long = (character: string, count: number): string =>
    Array.from({ length: Math.ceil(count / LINE) }, () => character.repeat(LINE)).join('\r\n ');

  it.each<[string, (count: number) => string]>([
    ['charsets of blanks', (count) => `Content-Type: text/html; charset="${long(' ', count)}x"\r\n\r\nx\r\n`],
    [
      'reports of empty lines',
      (count) =>
        'Posthorn-Note: 1\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n' +
        'Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n' +
        `--b\r\nContent-Type: text/plain\r\n\r\nx\r\n${reportPart('delivery-status', count / 2)}` +
        `${reportPart('rfc822-headers', count / 2)}--b--\r\n--a--\r\n`,
    ],
  ])('of %s', async (_name, rest) => {
    const letters = [1, 4].map((amount) => Buffer.from(`${hostileHead}${rest(2 * KIB * amount)}`, 'latin1'));
    const read = (amount: 1 | 4): void => {
      for (let times = 0; times < 20; times += 1) parseInner(letters[amount === 1 ? 0 : 1] ?? Buffer.alloc(0));
    };
    expect(await growth(read)).toBeLessThan(LINEAR);
  });

  it.each(['<6 MiB of empty lines', '<6 MiB of half entities'])('and memory stays within bounds: %s', (name) => {
    const shape = hostileShapes[name.replace('<6 MiB of ', '')] ?? '';
    const raw = hostileLetter({ shape, type: 'text/html', encoding: '8bit', size: 6 * KIB * KIB });
    const before = process.memoryUsage().heapUsed;
    const parsed = parseInner(raw);
    expect(parsed.outcome).toBe('parsed');
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(300 * KIB * KIB);
  });
});
