import { plainLine } from '../../../../shared/text/plain-line';

/** Characters of a contact's name (`shared/contact.ts`). */
const MAX_NAME = 100;

/**
 * A person's name as a card gives it, made one line of at most 100 characters that reads as it is written; may be
 * empty.
 */
export function cardName(given: string): string {
  const line = plainLine(given.slice(0, 4_000));
  // A character of two units is not cut in half, and no joiner is left that joins nothing.
  return plainLine(line.slice(0, MAX_NAME).replace(/[\ud800-\udbff]$/, ''));
}
