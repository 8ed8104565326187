import { trimBlanks } from './blanks';

/** A value with parameters as it was written (RFC 2045 5.1): quotes and comments undone, nothing decoded. */
export type StructuredField = {
  readonly value: string;
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
};

/** Parameters of one field; more than any program writes. */
const MAX_PARAMETERS = 100;

/** Reads whatever stands there. What is no parameter is left out; a quote that stays open holds the rest. */
export function structuredField(text: string): StructuredField {
  const [value = '', ...pieces] = piecesOf(text);
  const parameters: { name: string; value: string }[] = [];
  for (const piece of pieces.slice(0, MAX_PARAMETERS)) {
    const equals = piece.indexOf('=');
    const name = trimBlanks(piece.slice(0, Math.max(equals, 0)));
    if (/^[^\s"()<>@,;:\\/[\]?=\x7f-\xff]+$/.test(name))
      parameters.push({ name, value: trimBlanks(piece.slice(equals + 1)) });
  }
  return { value: trimBlanks(value), parameters };
}

/** Split at semicolons; what was quoted has no quotes any more, and comments are a blank. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === ';') {
      pieces.push(piece);
      piece = '';
    } else if (character === '"' || character === '(') {
      const end = character === '"' ? quoteEnd(text, at) : commentEnd(text, at);
      piece += character === '"' ? unquoted(text.slice(at + 1, end)) : ' ';
      at = end;
    } else piece += character;
  }
  pieces.push(piece);
  return pieces;
}

/** What a quoted string says, given without its quotes. */
export const unquoted = (text: string): string => text.replace(/\\([^])/g, '$1');

/** Where the quote closes that opens at `start`, or the end of the text. */
export function quoteEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return Math.min(at, text.length);
}

/** Where the comment closes that opens at `start`, or the end of the text. */
export function commentEnd(text: string, start: number): number {
  let depth = 0;
  let at = start;
  for (; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\') at += 1;
    else if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    if (depth === 0) break;
  }
  return Math.min(at, text.length);
}
