import { MAX_INDEXED_WORDS } from '../../domain/limits';

/** Characters of a word where spaces part them, about, with the space. */
const WORD_CHARACTERS = 6;
/** From here on there are scripts without spaces: Thai, and what comes after it. */
const FIRST_UNSPACED = 0x0e00;

/**
 * What the index takes of a text: its beginning, up to MAX_INDEXED_WORDS. `words`: what that costs, in words where
 * spaces part them and in characters where none do.
 */
export function indexedText(text: string): { readonly text: string; readonly words: number } {
  let words = 0;
  let end = 0;
  while (end < text.length && words < MAX_INDEXED_WORDS) {
    words += text.charCodeAt(end) < FIRST_UNSPACED ? 1 / WORD_CHARACTERS : 1;
    end += 1;
  }
  return { text: text.slice(0, end), words };
}
