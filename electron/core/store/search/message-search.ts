import type { MessageSearch } from '../../ports/storage/message-search';
import { NEWEST_FIRST } from '../sql/store-parts';
import type { StoreParts } from '../sql/store-parts';
import { indexRest, isIndexed } from './index-rest';
import { searchTerms } from './search-terms';
import type { NamedPerson } from './search-terms';

/** Messages by their words and by the names of their people, newest first. A text without words finds nothing. */
export function createMessageSearch(parts: StoreParts): MessageSearch {
  const { sql, summaries, writer } = parts;
  return {
    find: ({ text, limit }) => {
      const found = searchTerms(text, sql.all<NamedPerson>(`SELECT name, address FROM contacts WHERE name <> ''`));
      if (found === undefined) return [];
      const { terms, earlier } = found;
      return isIndexed(sql)
        ? summaries.select(tailOf(IN_INDEX), { terms, limit })
        : summaries.select(tailOf(`${IN_INDEX} UNION ${IN_EARLIER_INDEX}`), { terms, earlier, limit });
    },
    indexRest: () => writer.write((emit) => indexRest(parts, emit)),
    isIndexed: () => isIndexed(sql),
  };
}

const IN_INDEX = 'SELECT rowid FROM search_words WHERE search_words MATCH $terms';
const IN_EARLIER_INDEX = 'SELECT rowid FROM messages_fts WHERE messages_fts MATCH $earlier';

function tailOf(found: string): string {
  return `JOIN (${found}) f ON f.rowid = m.row ${NEWEST_FIRST} LIMIT $limit`;
}
