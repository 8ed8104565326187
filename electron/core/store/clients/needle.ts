import { eachBeyondAscii } from '../../../../shared/text/each-beyond-ascii';
import { piecesOf } from '../../../../shared/text/search-words';
import { foldText } from '../../../../shared/text/text-folding';

/** What the index of words can tell of a text that is looked for. */
export type Needle = {
  /** Each stands in the index of every message that has the text. */
  readonly parts: readonly string[];
  /** Words that begin and, but for the last, end within the text: the index finds them without reading texts. */
  readonly words: readonly string[];
};

const BLANKS = /\s+/u;
const PLAIN_WORD = /^[0-9a-z]+$/;

/**
 * `indexForm` keeps a piece of a spaced script as it is, puts blanks where signs were, and cuts a run of an unspaced
 * one into pairs: what of the text lies within such a piece stands in the index as it stands in the text.
 */
export function needleOf(text: string): Needle {
  const folded = foldText(text).trim();
  const parts = piecesOf(folded).flatMap(({ piece, kind }) => {
    if (kind === 'sign') return [];
    return kind === 'spaced' ? piece.split(BLANKS).filter(Boolean) : pairsIn(piece);
  });
  return { parts: [...new Set(parts)], words: wordsWithin(folded) };
}

/** The first word may be the end of a longer one. */
function wordsWithin(folded: string): string[] {
  const words = folded.split(BLANKS);
  return words.every((word) => PLAIN_WORD.test(word)) ? words.slice(1) : [];
}

/** Each character with the next; a single one alone. */
function pairsIn(unspaced: string): string[] {
  const starts: number[] = [];
  eachBeyondAscii(unspaced, (_code, at) => void starts.push(at));
  if (starts.length < 2) return [unspaced];
  return starts.slice(0, -1).map((at, index) => unspaced.slice(at, starts[index + 2]));
}
