import type { MessageSearch } from '../../ports/storage/message-search';
import { NEWEST_FIRST } from '../sql/store-parts';
import type { StoreParts } from '../sql/store-parts';
import { searchTerms } from './search-terms';

/** Messages by their words, newest first. A text without words finds nothing. */
export function createMessageSearch({ summaries }: Pick<StoreParts, 'summaries'>): MessageSearch {
  return {
    find: ({ text, limit }) => {
      const terms = searchTerms(text);
      return terms === undefined ? [] : summaries.select(SEARCH_TAIL, { terms, limit });
    },
  };
}

const SEARCH_TAIL = `
  JOIN messages_fts f ON f.rowid = m.row WHERE messages_fts MATCH $terms ${NEWEST_FIRST} LIMIT $limit`;
