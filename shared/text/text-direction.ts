/** Embeddings, overrides and isolates: what stands behind them is drawn in another order than it was written. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/gu;
/** Hebrew, Arabic and all that is written from right to left, and the marks that make other text so. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200e\u200f\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';

/**
 * What a peer wrote, without the characters that turn the direction: it is drawn in the order in which it was
 * written.
 */
export const withoutTurns = (text: string): string => text.replace(TURNS, '');

/** What a peer wrote, on one line: a line end within would end the isolate. */
export const onOneLine = (text: string): string => withoutTurns(text).replace(/[\r\n\u0085\u2028\u2029]+/gu, ' ');

/**
 * What a peer wrote, for a sentence, a label or a title, where no element can keep it apart: its direction changes
 * nothing around it (Unicode Standard Annex 9). Text that is not written from right to left stays as it is.
 */
export const isolated = (text: string): string => {
  const line = onOneLine(text);
  return RIGHT_TO_LEFT.test(line) ? `${FIRST_STRONG_ISOLATE}${line}${POP_ISOLATE}` : line;
};
