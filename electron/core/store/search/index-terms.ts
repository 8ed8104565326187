import type { MailAddress } from '../../../../shared/ids';
import type { SearchField, SearchQuery } from '../../../../shared/search/search-query';
import { indexWords, phrasesOf } from '../../../../shared/text/search-words';
import type { Phrase } from '../../../../shared/text/search-words';
import { MAX_PEOPLE_OF_WORD } from '../../domain/limits';
import { mailboxWords } from './search-index';

/** A person as the one who searches knows them: the words of the name, with a space before and behind each. */
export type NamedPerson = { readonly words: string; readonly address: MailAddress };

/** The words of names as the index has words. They are folded once: names change rarely, and each key asks for all. */
export class PeopleNames {
  #words = new Map<string, string>();

  /** Forgets names that are no longer there. */
  people(contacts: readonly { readonly name: string; readonly address: MailAddress }[]): NamedPerson[] {
    const known = this.#words;
    this.#words = new Map(contacts.map(({ name }) => [name, known.get(name) ?? ` ${indexWords(name).join(' ')} `]));
    return contacts.map(({ name, address }) => ({ words: this.#words.get(name) ?? '', address }));
  }
}

type Words = Extract<SearchQuery, { kind: 'words' }>;

/** One of the full-text tables: which of its columns hold a field, and how it takes what was typed. */
export type IndexTable = {
  readonly name: string;
  readonly columns: Readonly<Record<SearchField | 'people', string>>;
  /** An earlier one that folds by itself takes words as they were typed. */
  readonly foldsItself: boolean;
};

export const SEARCH_INDEX: IndexTable = {
  name: 'search_index',
  columns: {
    from: 'sender',
    to: 'recipients',
    cc: 'copies',
    people: 'sender recipients copies',
    subject: 'subject',
    filename: 'files',
  },
  foldsItself: false,
};

const earlierColumns: IndexTable['columns'] = {
  from: 'addresses',
  to: 'addresses',
  cc: 'addresses',
  people: 'addresses',
  subject: 'subject',
  filename: 'attachments',
};

/** What versions before 14 and before 6 filled; their rowids are rows of messages. */
export const EARLIER_INDEXES: readonly IndexTable[] = [
  { name: 'search_words', columns: earlierColumns, foldsItself: false },
  { name: 'messages_fts', columns: earlierColumns, foldsItself: true },
];

/**
 * Typed words as FTS5 expressions. Every word is quoted, and quoted text has no syntax but the doubled quote, so
 * nothing typed can be an operator, a column filter or an error of the index. A word may stand in the name of somebody
 * whom the message is from or to, as the window shows it.
 */
export class IndexTerms {
  constructor(private readonly people: readonly NamedPerson[]) {}

  /** The expression of a tree that has words, `all` and `any` alone. */
  expression(query: SearchQuery, table: IndexTable): string {
    if (query.kind === 'words') return `(${this.#words(query, table)})`;
    if (query.kind !== 'all' && query.kind !== 'any') throw new TypeError('Only words stand in an index.');
    return `(${query.parts.map((part) => this.expression(part, table)).join(query.kind === 'all' ? ' AND ' : ' OR ')})`;
  }

  #words(words: Words, table: IndexTable): string {
    const { typed, isExact, field } = words;
    const filter = field === undefined ? '' : `{${table.columns[field]}} : `;
    const phrases = phrasesOf(typed, { isExact });
    const terms = table.foldsItself
      ? `${filter}${quoted(withoutNul(typed))}${isExact ? '' : '*'}`
      : `(${phrases.map((phrase) => `${filter}${phraseTerm(phrase)}`).join(' AND ')})`;
    if (field === 'subject' || field === 'filename') return terms;
    const found = this.people.filter((one) => phrases.every((phrase) => hasPhrase(one.words, phrase)));
    return terms + peopleTerm(found, table.columns[field ?? 'people']);
  }
}

/** Whether a tree has words, `all` and `any` alone. */
export function isText(query: SearchQuery): boolean {
  if (query.kind === 'all' || query.kind === 'any') return query.parts.every(isText);
  return query.kind === 'words';
}

function phraseTerm({ words, isOpen }: Phrase): string {
  return `${quoted(words.join(' '))}${isOpen ? '*' : ''}`;
}

function quoted(words: string): string {
  return `"${words.replaceAll('"', '""')}"`;
}

/** SQLite ends a text at NUL. */
function withoutNul(typed: string): string {
  return typed.replaceAll(/[\p{Cc}\p{Cs}]/gu, ' ');
}

/** `words` begin and end with a space. */
function hasPhrase(words: string, phrase: Phrase): boolean {
  return words.includes(` ${phrase.words.join(' ')}${phrase.isOpen ? '' : ' '}`);
}

function peopleTerm(found: readonly { readonly address: MailAddress }[], columns: string): string {
  if (found.length === 0) return '';
  const addresses = found.slice(0, MAX_PEOPLE_OF_WORD).map(({ address }) => quoted(mailboxWords(address)));
  return ` OR {${columns}} : (${addresses.join(' OR ')})`;
}
