import { withoutTurns } from '../../../shared/text/text-direction';

/**
 * Text of a stranger made safe for a terminal: without control characters (they could move the cursor, retitle the
 * window or hide lines) and without what turns the writing direction, as in the window. Line feeds and tabs stay.
 */
export function plainText(text: string): string {
  return withoutTurns(text.replace(/\r\n/gu, '\n')).replace(/(?![\n\t])[\p{Cc}\p{Cs}]/gu, '');
}

/** JSON in ASCII: what it quotes cannot steer a terminal either. */
export function plainJson(value: unknown): string {
  return JSON.stringify(value).replace(/[^\x20-\x7e]/gu, (letter) =>
    [...Array(letter.length).keys()]
      .map((index) => `\\u${letter.charCodeAt(index).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
