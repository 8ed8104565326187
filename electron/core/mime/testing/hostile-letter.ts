const onion = `${'a'.repeat(56)}.onion`;

/** The fields that every letter must have, with their line ends. */
export const hostileHead = `From: a@${onion}\r\nMessage-ID: <1@x>\r\nDate: Fri, 02 Jan 2026 03:04:05 +0000\r\n`;

/** Short of what a line may have. */
const LINE = 900;
/** Fewer than a message may have. */
const PARTS = 490;

/** What a hostile body consists of; each is repeated in lines. */
export const hostileShapes: Readonly<Record<string, string>> = {
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
export const hostileTypes = [
  'text/plain; format=flowed',
  'text/html',
  'text/plain; charset=utf-7',
  'image/png',
] as const;
export const hostileEncodings = ['8bit', 'quoted-printable', 'base64'] as const;

/** What a letter is made of; `size` in octets, before it is encoded. */
export type HostileLetter = {
  readonly shape: string;
  readonly type: string;
  readonly encoding: (typeof hostileEncodings)[number];
  readonly size: number;
  /** As one body, or as 490 parts. */
  readonly isInParts?: boolean;
};

/**
 * A letter with a text and a hostile body. Lines are as long as they may be; what can be, is one line once it is
 * decoded.
 */
export function hostileLetter(o: HostileLetter): Buffer {
  const count = o.isInParts === true ? PARTS : 1;
  const body = bodyOf({ ...o, size: o.size / count });
  const part = `--b\r\nContent-Type: ${o.type}\r\nContent-Transfer-Encoding: ${o.encoding}\r\n\r\n${body}\r\n`;
  const text = '--b\r\nContent-Type: text/plain\r\n\r\nx\r\n';
  const type = 'Content-Type: multipart/mixed; boundary=b';
  return Buffer.from(`${hostileHead}${type}\r\n\r\n${text}${part.repeat(count)}--b--\r\n`, 'latin1');
}

function bodyOf({ shape, encoding, size }: HostileLetter): string {
  if (encoding === 'base64') {
    const whole = shape.repeat(Math.ceil(size / shape.length));
    return Buffer.from(whole, 'latin1').toString('base64').replace(/.{76}/g, '$&\r\n');
  }
  const repeated = shape.repeat(Math.ceil(LINE / shape.length));
  const end = encoding === '8bit' ? '\r\n' : '=\r\n';
  const line = shape.includes('\r\n') ? repeated : repeated.slice(0, LINE) + end;
  return line.repeat(Math.ceil(size / line.length));
}
