import { plainLine as onOneLine } from '../../../shared/text/plain-line';

/**
 * Text of a stranger made safe for a terminal: without control characters (they could move the cursor, retitle the
 * window or hide lines) and without the marks that turn the writing direction. Line feeds and tabs stay.
 */
export function plainText(text: string): string {
  return text
    .replace(/\r\n/gu, '\n')
    .replace(/(?![\n\t])[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '');
}

/** A short text on one line, by the rule of the window: nothing in it is invisible either. */
export function plainLine(text: string): string {
  return onOneLine(plainText(text));
}

/** JSON in ASCII: what it quotes cannot steer a terminal either. */
export function plainJson(value: unknown): string {
  return JSON.stringify(value).replace(/[^\x20-\x7e]/gu, (letter) =>
    [...Array(letter.length).keys()]
      .map((index) => `\\u${letter.charCodeAt(index).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
