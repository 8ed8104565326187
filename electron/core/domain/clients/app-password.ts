/** Octets of chance that a password is made of: five bits of each are used, 100 bits in all. */
export const APP_PASSWORD_OCTETS = 20;
/** Crockford's base 32: no two letters look alike, and what is mistyped for one can be told. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
const MISREAD: Readonly<Record<string, string>> = { o: '0', i: '1', l: '1' };
const GROUP = /.{5}(?=.)/gu;

/** A password for another mail program, in four groups of five: `7hq2v-…`. */
export function appPasswordFrom(octets: Uint8Array): string {
  const letters = [...octets].map((octet) => LETTERS.charAt(octet & 31)).join('');
  return letters.replace(GROUP, '$&-');
}

/** What a person or a program typed, as the hash is made of it: without spaces and hyphens, in lower case. */
export function foldAppPassword(typed: string): string {
  return typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replace(/[oil]/gu, (letter) => MISREAD[letter] ?? letter);
}
