/** Forms of values in responses (RFC 9051 9), an octet a character. */

/** Longer ones are literals: clients read quoted strings into small buffers. */
const MAX_QUOTED = 1_000;
const QUOTABLE = /^[\x20-\x7e]*$/;

/** A `string`: quoted where it can be, else a literal. `octets` must hold no NUL. */
export function stringText(octets: string): string {
  if (octets.length <= MAX_QUOTED && QUOTABLE.test(octets)) return `"${octets.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
  return `{${String(octets.length)}}\r\n${octets}`;
}

/** An `nstring`. */
export function textOrNil(octets: string | undefined): string {
  return octets === undefined ? 'NIL' : stringText(octets);
}
