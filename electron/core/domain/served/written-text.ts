import { wellFormed } from '../../../../shared/text/well-formed';

/** Text as MIME writes it, an octet a character. */

/** The octets of a text in UTF-8. */
export function utf8Text(text: string): string {
  return encodeURIComponent(wellFormed(text)).replace(/%([0-9A-F]{2})/g, (_match, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

const MAX_LINE = 76;
const hex = (character: string): string => `=${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;

/** Quoted-printable (RFC 2045 6.7) of a text in UTF-8, CR LF line ends. */
export function quotedPrintable(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => softly(utf8Text(line).replace(/[^\t\x20-<>-~]|[\t ]$/g, hex)))
    .join('\r\n');
}

/** Breaks a line where it is too long, and no encoded octet. */
function softly(line: string): string {
  if (line.length <= MAX_LINE) return line;
  return (line.match(/(?:=[0-9A-F]{2}|[^=]){1,73}/g) ?? []).reduce(joinSoftly, '');
}

function joinSoftly(whole: string, piece: string): string {
  return whole === '' ? piece : `${whole}=\r\n${piece}`;
}

/** Characters of a text in one encoded word: no more than 75 octets with what is around them (RFC 2047 2). */
const MAX_WORD_OCTETS = 54;

/** An unstructured value: as it is when it is plain ASCII and short, else encoded words. */
export function fieldText(text: string): string {
  const line = wellFormed(text).replace(/[\0\r\n]+/g, ' ');
  if (/^[\x20-\x7e]*$/.test(line) && line.length < 900 && !line.includes('=?')) return line;
  const words: string[] = [];
  let word = '';
  for (const character of line) {
    const written = utf8Text(character).replace(/[^0-9A-Za-z!*+/-]/g, hex);
    if (word.length + written.length > MAX_WORD_OCTETS) {
      words.push(word);
      word = '';
    }
    word += written;
  }
  return [...words, word].map((each) => `=?utf-8?Q?${each}?=`).join('\r\n ');
}

/** A parameter such as a file name: quoted, or extended (RFC 2231 4) when it is no plain ASCII. */
export function parameterText(name: string, value: string): string {
  const line = wellFormed(value).replace(/[\0\r\n]+/g, ' ');
  if (/^[\x20-\x7e]*$/.test(line)) return `${name}="${line.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
  const extended = utf8Text(line).replace(/[^0-9A-Za-z._-]/g, (octet) => hex(octet).replace('=', '%'));
  return `${name}*=utf-8''${extended}`;
}
