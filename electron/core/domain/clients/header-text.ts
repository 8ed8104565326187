import { MAX_HEADER_BYTES } from '../limits';

/** `=?charset*language?B or Q?text?=` (RFC 2047, RFC 2231 5). */
const WORD = /=\?([!-)+->@-~]{1,40})(?:\*[^?]{0,40})?\?([bq])\?([!->@-~]*)\?=/gi;
/** Blanks between two encoded words belong to neither. */
const BETWEEN = /(?<=\?=)[ \t\r\n]+(?==\?[!->@-~]{1,82}\?[bq]\?)/gi;

/**
 * The values of a header field, unfolded and decoded, one for each time it stands there. Whatever the octets are, this
 * answers something: a word that cannot be decoded stays as it is.
 * @param header octets of a header section, as far as one may be long
 */
export function headerValuesIn(header: Uint8Array, field: string): string[] {
  const lines = latin1(header.subarray(0, MAX_HEADER_BYTES)).replaceAll(/\r?\n(?=[ \t])/g, '').split(/\r?\n/);
  const name = field.toLowerCase();
  return lines.flatMap((line) => {
    const colon = line.indexOf(':');
    return line.slice(0, Math.max(0, colon)).trimEnd().toLowerCase() === name
      ? [decodeHeader(line.slice(colon + 1).trim())]
      : [];
  });
}

/** A value whose octets above 127 are UTF-8, and whose encoded words may be of any charset. */
function decodeHeader(value: string): string {
  const plain = decode(octetsOf(value), 'utf-8') ?? value;
  return plain
    .replaceAll(BETWEEN, '')
    .replaceAll(WORD, (word: string, charset: string, encoding: string, text: string) => {
      const octets = encoding.toLowerCase() === 'b' ? fromBase64(text) : fromQ(text);
      return (octets && decode(octets, charset)) ?? word;
    });
}

function decode(octets: Uint8Array, charset: string): string | undefined {
  try {
    return new TextDecoder(charset).decode(octets);
  } catch {
    // A charset that nobody knows.
    return undefined;
  }
}

function fromBase64(text: string): Uint8Array | undefined {
  try {
    return octetsOf(atob(text));
  } catch {
    return undefined;
  }
}

function fromQ(text: string): Uint8Array {
  const plain = text
    .replaceAll('_', ' ')
    .replaceAll(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return octetsOf(plain);
}

const octetsOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const latin1 = (octets: Uint8Array): string =>
  Array.from(octets, (octet) => String.fromCharCode(octet)).join('');
