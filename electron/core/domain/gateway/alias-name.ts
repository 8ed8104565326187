/** Octets of chance in the name of an alias: nobody can guess one, and nothing links two of them. */
export const ALIAS_OCTETS = 10;

/** Sixteen without vowels, so that no word comes out. */
const LETTERS = 'bcdfghjkmnpqrstv';

/** The local part of a new alias: two letters for each octet, the first one a letter. */
export function aliasName(octets: Uint8Array): string {
  const name = [...octets].map((octet) => `${letter(octet >> 4)}${letter(octet & 15)}`).join('');
  return `m${name}`;
}

function letter(nibble: number): string {
  return LETTERS[nibble] ?? 'b';
}
