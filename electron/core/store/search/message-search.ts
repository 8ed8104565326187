import type { MessageSearch } from '../../ports/storage/message-search';
import { NEWEST_FIRST } from '../sql/store-parts';
import type { SqlConnection } from '../sql/sql-connection';
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
      const { terms, earlier, each } = found;
      const parts = hasParts(sql) ? ` UNION SELECT * FROM (${each.map(inParts).join(' INTERSECT ')})` : '';
      const words = Object.fromEntries(parts === '' ? [] : each.map((term, index) => [`word${String(index)}`, term]));
      return isIndexed(sql)
        ? summaries.select(tailOf(`${IN_INDEX}${parts}`), { ...words, terms, limit })
        : summaries.select(tailOf(`${IN_INDEX}${parts} UNION ${IN_EARLIER_INDEX}`), {
            ...words,
            terms,
            earlier,
            limit,
          });
    },
    indexRest: () => writer.write((emit) => indexRest(parts, emit)),
    isIndexed: () => isIndexed(sql),
  };
}

const IN_INDEX = 'SELECT rowid FROM search_words WHERE search_words MATCH $terms';
/** Whether a text lies in the index in several parts, each of which may hold other words of a search. */
function hasParts(sql: SqlConnection): boolean {
  return sql.get('SELECT 1 AS one FROM index_parts WHERE message_row IS NOT NULL LIMIT 1') !== undefined;
}

/** Those of them that have one word in any of their parts. */
function inParts(_term: string, index: number): string {
  const message = 'coalesce(p.message_row, s.rowid)';
  return `SELECT ${message} AS rowid FROM search_words s LEFT JOIN index_parts p ON p.row = -s.rowid
    WHERE s.search_words MATCH $word${String(index)} AND ${message} IN (SELECT message_row FROM index_parts)`;
}

const IN_EARLIER_INDEX = 'SELECT rowid FROM messages_fts WHERE messages_fts MATCH $earlier';

function tailOf(found: string): string {
  return `JOIN (${found}) f ON f.rowid = m.row ${NEWEST_FIRST} LIMIT $limit`;
}
