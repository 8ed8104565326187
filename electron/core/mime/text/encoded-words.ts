import { decodeText } from './charset';
import { readQuotedPrintable } from './quoted-printable';

/**
 * An encoded word (RFC 2047 2), also one that is too long, holds blanks or stands within other words. A few question
 * marks may stand in its text; without that bound, beginnings without end would each be searched to the end.
 */
const WORD = /=\?([^?\s]{1,60})\?([bq])\?([^?]*(?:\?(?!=)[^?]*){0,8})\?=/gi;

type Pending = { readonly charset: string; readonly octets: Uint8Array[] };

/**
 * A header value with its encoded words decoded. Words that follow each other are joined, octet by octet when they are
 * of one charset, since programs cut within a character. What is no encoded word stays as it is. May hold any
 * character, line ends too.
 */
export function decodeWords(value: string): string {
  const texts: string[] = [];
  let pending: Pending | undefined;
  let at = 0;
  for (const match of value.matchAll(WORD)) {
    const [word, label = '', encoding = '', text = ''] = match;
    const between = value.slice(at, match.index);
    const charset = label.replace(/\*.*$/, '').toLowerCase();
    const isNext = pending !== undefined && between.trim() === '';
    if (!isNext || pending?.charset !== charset) {
      texts.push(textOf(pending), isNext ? '' : between);
      pending = { charset, octets: [] };
    }
    pending.octets.push(octetsOf(encoding, text));
    at = match.index + word.length;
  }
  return [...texts, textOf(pending), value.slice(at)].join('');
}

const textOf = (pending: Pending | undefined): string =>
  pending ? decodeText(Buffer.concat(pending.octets), pending.charset) : '';

function octetsOf(encoding: string, text: string): Uint8Array {
  return /b/i.test(encoding)
    ? Buffer.from(text, 'base64')
    : readQuotedPrintable(Buffer.from(text.replaceAll('_', '=20'), 'utf8'));
}
