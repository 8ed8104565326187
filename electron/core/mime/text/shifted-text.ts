/** The same letters in a charset that decoders know. */
type EightBit = { readonly octets: Uint8Array; readonly charset: string };

const KOREAN = /^(?:cs)?iso-?2022-?kr$/;
const CHINESE = /^hz(?:-gb-?2312)?$/;

/**
 * Text of seven-bit charsets that shift between ASCII and letters of two octets, which no decoder here knows, as the
 * eight-bit charset of the same letters: ISO-2022-KR (RFC 1557) as EUC-KR, HZ (RFC 1843) as GB 2312. Undefined for any
 * other charset, and for octets above 127, which these do not have.
 */
export function unshifted(octets: Uint8Array, label: string): EightBit | undefined {
  const shifted = KOREAN.test(label) ? unshiftKorean : CHINESE.test(label) ? unshiftChinese : undefined;
  if (shifted === undefined) return undefined;
  const text = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString('latin1');
  if (/[\x80-\xff]/.test(text)) return undefined;
  return { octets: Buffer.from(shifted(text), 'latin1'), charset: KOREAN.test(label) ? 'euc-kr' : 'gb2312' };
}

/** Shifts out and in; each line begins with ASCII. */
const unshiftKorean = (text: string): string =>
  text.replaceAll('\x1b$)C', '').replace(/\x0e([^\x0f\r\n]*)\x0f?/g, (_, inside: string) => high(inside));

/** `~{` and `~}` shift, `~~` is a tilde, and one at the end of a line takes the line end away. */
function unshiftChinese(text: string): string {
  const pieces: string[] = [];
  let isShifted = false;
  let at = 0;
  for (const { 0: mark, index } of text.matchAll(/~(?:[~{}]|\r?\n)/g)) {
    const before = text.slice(at, index);
    pieces.push(isShifted ? high(before) : before, !isShifted && mark === '~~' ? '~' : '');
    isShifted = mark === '~{' || (isShifted && mark === '~~');
    at = index + mark.length;
  }
  const rest = text.slice(at);
  return [...pieces, isShifted ? high(rest) : rest].join('');
}

/** Both octets of a letter have their high bit set in eight-bit charsets. */
const high = (text: string): string =>
  text.replace(/[\x21-\x7e]/g, (octet) => String.fromCharCode(octet.charCodeAt(0) | 0x80));
