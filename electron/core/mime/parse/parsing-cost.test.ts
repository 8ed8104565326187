import { describe, expect, it } from 'vitest';
import { growth, LINEAR } from '../../testing/growth';
import { parseInner } from './parse-inner';
import { plainTextOf } from './html-text';

const onion = `${'a'.repeat(56)}.onion`;
const head = `From: a@${onion}\r\nMessage-ID: <1@x>\r\nDate: Fri, 02 Jan 2026 03:04:05 +0000\r\n`;

/** Short of what a line may have, so that any encoding of a line fits. */
const LINE = 900;
const KIB = 1_024;

/** What a hostile body consists of; each is repeated in lines. */
const shapes: Readonly<Record<string, string>> = {
  'empty lines': '\r\n',
  'short lines': 'x\r\n',
  words: 'word ',
  spaces: ' ',
  'links without end': '<a href="',
  'attributes without end': '<a b=c ',
  'comments without end': '<!--',
  openings: '<',
  'tags of words': '<b>',
  'tags of words that are closed': '<b>x</b>',
  'ends of nothing': '</i>',
  'crossed tags': '<i><p></i>',
  'deep blocks': '<div>',
  'deep quotations': '<blockquote>x<br>',
  lists: '<ul><li>',
  cells: '<td>x',
  'hidden words': '<p style="display:none">x',
  styles: '<p style="a:b;',
  'important styles': '<p style="a:   !   !   b">',
  colours: '<p style="color:rgba(0 0 0 0   0,,,,)">',
  links: '<a href="https://x.example/y">z',
  entities: '&amp;&#x41;&lt',
  'half entities': '&',
  'line ends of HTML': '<br>',
  'soft breaks': '=\r\n',
  'half escapes': '=',
  escapes: '=3D',
  'blanks before soft breaks': '=   ',
  'quotation marks': '>',
  'quotation lines': '> x \r\n',
  'delimiters that are none': '--b-\r\n',
  'delimiters with blanks': `--b${' '.repeat(800)}x\r\n`,
  'octets above 127': '\xc3\xb6',
  'half characters': '\xc3',
  'UTF-7': '+AOk-+',
};
const types = ['text/plain; format=flowed', 'text/html', 'text/plain; charset=utf-7', 'image/png'];
const encodings = ['8bit', 'quoted-printable', 'base64'] as const;

/** At least `size` octets of a shape, encoded as a body of lines that are short enough. */
function bodyOf(shape: string, o: { encoding: (typeof encodings)[number]; size: number }): string {
  const lines = shape.repeat(Math.ceil(LINE / shape.length)).slice(0, LINE);
  const line = shape.includes('\r\n') ? shape.repeat(Math.ceil(LINE / shape.length)) : `${lines}\r\n`;
  const body = line.repeat(Math.ceil(o.size / line.length));
  if (o.encoding !== 'base64') return body;
  return Buffer.from(body, 'latin1').toString('base64').replace(/.{76}/g, '$&\r\n');
}

function letter(type: string, o: { encoding: (typeof encodings)[number]; body: string }): Buffer {
  const part = `Content-Type: ${type}\r\nContent-Transfer-Encoding: ${o.encoding}\r\n\r\n${o.body}\r\n`;
  return Buffer.from(
    `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b\r\n${part}--b--\r\n`,
    'latin1',
  );
}

describe('reading a letter costs in proportion to its size', () => {
  it.each(Object.entries(shapes))('of %s, in any type and encoding', async (_name, shape) => {
    const letters = [1, 4].map((amount) =>
      types.flatMap((type) =>
        encodings.map((encoding) =>
          letter(type, { encoding, body: bodyOf(shape, { encoding, size: 16 * KIB * amount }) }),
        ),
      ),
    );
    const read = (amount: 1 | 4): void => {
      for (const raw of letters[amount === 1 ? 0 : 1] ?? []) expect(parseInner(raw).outcome).toBe('parsed');
    };
    expect(await growth(read)).toBeLessThan(LINEAR);
  });

  it.each(Object.entries(shapes))('of a page of %s on one line', async (_name, shape) => {
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
      return Buffer.from(`${head}${name}:${lines.join('\r\n')}\r\n\r\nx\r\n`, 'latin1');
    });
    const read = (amount: 1 | 4): void => {
      for (let times = 0; times < 4; times += 1) parseInner(letters[amount === 1 ? 0 : 1] ?? Buffer.alloc(0));
    };
    expect(await growth(read)).toBeLessThan(LINEAR);
  });

  it.each(['<6 MiB of empty lines', '<6 MiB of half entities'])('and memory stays within bounds: %s', (name) => {
    const shape = shapes[name.replace('<6 MiB of ', '')] ?? '';
    const raw = letter('text/html', {
      encoding: '8bit',
      body: bodyOf(shape, { encoding: '8bit', size: 6 * KIB * KIB }),
    });
    const before = process.memoryUsage().heapUsed;
    const parsed = parseInner(raw);
    expect(parsed.outcome).toBe('parsed');
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(300 * KIB * KIB);
  });
});
