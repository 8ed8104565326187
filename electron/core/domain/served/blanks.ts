/** White space of a header (RFC 5322 2.2.2) and what programs write for it. */
const BLANKS = '\t\n\v\f\r ';

/**
 * Whether a character is white space in a text that holds an octet a character. What JavaScript calls so has 0xA0 too,
 * which there is a piece of a letter, as of `à` in UTF-8.
 */
export const isBlank = (character: string | undefined): boolean =>
  character !== undefined && character !== '' && BLANKS.includes(character);

/** The text without white space around it. By hand: a pattern would look at each of many blanks as a beginning. */
export function trimBlanks(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isBlank(text[from])) from += 1;
  while (to > from && isBlank(text[to - 1])) to -= 1;
  return text.slice(from, to);
}
