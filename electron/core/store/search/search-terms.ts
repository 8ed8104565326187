import type { MailAddress } from '../../../../shared/ids';
import { MAX_PEOPLE_OF_WORD, MAX_SEARCH_WORDS } from '../../domain/limits';
import { indexWords, phrasesOf } from '../../domain/search-words';
import type { Phrase } from '../../domain/search-words';
import { mailboxWords } from './search-index';

/** A person as the one who searches knows them. */
export type NamedPerson = { readonly name: string; readonly address: MailAddress };

/**
 * What a person typed as FTS5 expressions: every word is required, in the text or in the name of somebody whom the
 * message is from or to. The last word of each may go on. Quoted text has no syntax but the doubled quote, so nothing
 * typed can be an operator, a column filter or an error. `terms` is for the index of today, `each` for one
 * word of it, `earlier` for that of a
 * version before 6. Undefined when no word is in it.
 */
export function searchTerms(
  text: string,
  people: readonly NamedPerson[] = [],
): { readonly terms: string; readonly earlier: string; readonly each: readonly string[] } | undefined {
  const words = text
    .split(/[\s\p{Cc}\p{Cs}]+/u)
    .map((typed) => ({ typed, phrases: phrasesOf(typed) }))
    .filter(({ phrases }) => phrases.length > 0)
    .slice(0, MAX_SEARCH_WORDS);
  if (words.length === 0) return undefined;
  const names = people.map(({ name, address }) => ({ words: ` ${indexWords(name).join(' ')} `, address }));
  const all = words.map(({ typed, phrases }) => {
    const inName = peopleTerm(names.filter((one) => phrases.every((phrase) => hasPhrase(one.words, phrase))));
    return { term: `(${phrases.map(phraseTerm).join(' AND ')})${inName}`, earlier: `${quoted(typed)}*${inName}` };
  });
  const join = (terms: readonly string[]): string => terms.map((term) => `(${term})`).join(' AND ');
  const each = all.map(({ term }) => term);
  return { each, terms: join(each), earlier: join(all.map(({ earlier }) => earlier)) };
}

function phraseTerm({ words, isOpen }: Phrase): string {
  return `${quoted(words.join(' '))}${isOpen ? '*' : ''}`;
}

function quoted(words: string): string {
  return `"${words.replaceAll('"', '""')}"`;
}

/** `words` begin and end with a space. */
function hasPhrase(words: string, phrase: Phrase): boolean {
  return words.includes(` ${phrase.words.join(' ')}${phrase.isOpen ? '' : ' '}`);
}

function peopleTerm(found: readonly { readonly address: MailAddress }[]): string {
  if (found.length === 0) return '';
  const addresses = found.slice(0, MAX_PEOPLE_OF_WORD).map(({ address }) => quoted(mailboxWords(address)));
  return ` OR addresses : (${addresses.join(' OR ')})`;
}
