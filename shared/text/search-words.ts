import { eachBeyondAscii } from './each-beyond-ascii';
import { foldText } from './text-folding';

/**
 * A text as the index holds it: folded, with ASCII signs and spaces between its words. Scripts that are written without
 * spaces, and Korean with its compounds, are cut into pairs of characters and the last character alone (`台北站` → `台北
 * 北站 站`), so that any part of a sentence is found; pictographs are cut like them.
 */
export function indexForm(text: string): string {
  let form = '';
  for (const { piece, kind } of piecesOf(foldText(text)))
    form += kind === 'spaced' ? piece : kind === 'sign' ? ' ' : ` ${pairs(piece).join(' ')} `;
  return form;
}

/** Each character with the next, and the last alone. */
function pairs(unspaced: string): string[] {
  const cut: string[] = [];
  let begun = 0;
  eachBeyondAscii(unspaced, (_code, at, next) => {
    if (at > 0) cut.push(unspaced.slice(begun, next));
    begun = at;
  });
  return [...cut, unspaced.slice(begun)];
}

/** The words of a text in their order, as `indexForm` has them. */
export function indexWords(text: string): string[] {
  return indexForm(text).split(NO_WORD).filter(Boolean);
}

/** Words that must stand in this order beside each other; of an open one the last word may go on. */
export type Phrase = { readonly words: readonly string[]; readonly isOpen: boolean };

/**
 * What must be found for one typed word: `Zeugnis-2024` is one phrase, `Wi-Fi密码` two. None when no word is in it. Of an
 * exact one the last word may not go on.
 */
export function phrasesOf(typed: string, { isExact = false }: { readonly isExact?: boolean } = {}): Phrase[] {
  return piecesOf(foldText(typed)).flatMap(({ piece, kind }) => {
    if (kind === 'unspaced') {
      // The last character of a text stands alone in the index, and goes on in the middle of one.
      const [first = '', ...more] = pairs(piece);
      return [
        more.length === 0 ? { words: [first], isOpen: true } : { words: [first, ...more.slice(0, -1)], isOpen: false },
      ];
    }
    const words = piece.split(NO_WORD).filter(Boolean);
    return kind === 'sign' || words.length === 0 ? [] : [{ words, isOpen: !isExact }];
  });
}

/** ASCII counts as spaced: the tokenizer of the index takes its letters and digits for words. */
type Kind = 'spaced' | 'unspaced' | 'sign';
export type Piece = { readonly piece: string; readonly kind: Kind };

/** Cuts a folded text where its kind changes. */
export function piecesOf(folded: string): Piece[] {
  const pieces: Piece[] = [];
  const known = new Map<number, Kind>();
  let begun = 0;
  let current: Kind = 'spaced';
  const turn = (kind: Kind, at: number): void => {
    if (kind === current) return;
    if (at > begun) pieces.push({ piece: folded.slice(begun, at), kind: current });
    [begun, current] = [at, kind];
  };
  let end = 0;
  eachBeyondAscii(folded, (code, at, next) => {
    if (at > end) turn('spaced', end);
    const kind = known.get(code) ?? kindOf(folded.slice(at, next));
    known.set(code, kind);
    turn(kind, at);
    end = next;
  });
  if (folded.length > end) turn('spaced', end);
  if (folded.length > begun) pieces.push({ piece: folded.slice(begun), kind: current });
  return pieces;
}

function kindOf(character: string): Kind {
  if (/\p{Extended_Pictographic}/u.test(character)) return 'unspaced';
  if (!/[\p{L}\p{M}\p{N}\p{Co}]/u.test(character)) return 'sign';
  return UNSPACED.test(character) ? 'unspaced' : 'spaced';
}

const UNSPACED = new RegExp(
  `[${[
    ...['Han', 'Hiragana', 'Katakana', 'Bopomofo', 'Hangul', 'Yi', 'Thai', 'Lao', 'Khmer', 'Myanmar', 'Javanese'],
    ...['Balinese', 'Tai_Le', 'New_Tai_Lue', 'Tai_Tham', 'Tai_Viet', 'Cham'],
  ]
    .map((script) => `\\p{Script_Extensions=${script}}`)
    .join('')}]`,
  'u',
);

/** What stands between two words of an index form. */
export const NO_WORD = /[\0-/:-@[-`{-\u007f]+/u;
