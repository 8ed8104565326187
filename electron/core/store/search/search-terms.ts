import { MAX_SEARCH_WORDS } from '../../domain/limits';

/**
 * What a person typed as an FTS5 expression: every word a quoted prefix, all of them required. Quoted text has no
 * syntax but the doubled quote, so nothing typed can be an operator, a column filter or an error. Undefined when no
 * word is in it.
 */
export function searchTerms(text: string): string | undefined {
  const words = text
    .split(/[\s\p{Cc}\p{Cs}]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, MAX_SEARCH_WORDS);
  return words.length === 0 ? undefined : words.map((word) => `"${word.replaceAll('"', '""')}"*`).join(' ');
}
