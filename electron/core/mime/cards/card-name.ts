import { wellFormed } from '../octets/well-formed';

/** Characters of a contact's name (`shared/contact.ts`). */
const MAX_NAME = 100;
/** What ends a line, and what has no width or turns the direction of writing; joiners stay, some scripts need them. */
const BREAKS = /[\p{Cc}\u2028\u2029]+/gu;
const INVISIBLE = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

/**
 * A person's name as a card gives it, made one line of at most 100 characters that reads as it is written; may be
 * empty.
 */
export function cardName(given: string): string {
  const line = wellFormed(given.slice(0, 4_000))
    .replace(BREAKS, ' ')
    .replace(INVISIBLE, '')
    .replace(/\s+/g, ' ')
    .trim();
  // A character of two units is not cut in half.
  return line
    .slice(0, MAX_NAME)
    .replace(/[\ud800-\udbff]$/, '')
    .trim();
}
