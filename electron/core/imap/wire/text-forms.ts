/** Forms of text in responses. Octets are written as characters of the same number (latin1). */

const PLAIN = /^[\x20-\x21\x23-\x5b\x5d-\x7e]*$/;
/** What may stand in a quoted string once UTF-8 is allowed. */
const QUOTABLE = /^[^\0\r\n]*$/;
/** Longer ones are literals: clients read quoted strings into small buffers. */
const MAX_QUOTED = 1_000;

/** A text as its UTF-8 octets, a character each. */
export function utf8Octets(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** A `string` of RFC 9051: quoted where it can be, else a literal. `octets`: a character each. */
export function stringForm(octets: string, { isUtf8 }: { isUtf8: boolean }): string {
  if (octets.length <= MAX_QUOTED && (PLAIN.test(octets) || (isUtf8 && QUOTABLE.test(octets))))
    return `"${octets.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
  if (octets.length <= MAX_QUOTED && /^[\x20-\x7e]*$/.test(octets))
    return `"${octets.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
  return `{${String(octets.length)}}\r\n${octets}`;
}

/** An atom where it is one, else a string. */
export function astringForm(octets: string, o: { isUtf8: boolean }): string {
  const isAtom = /^[^\x00-\x20\x7f-\xff(){%*"\\]+$/.test(octets) && !/^NIL$/i.test(octets);
  return isAtom ? octets : stringForm(octets, o);
}
