import type { ListPlace, MessageSummary } from '../../../../shared/message';
import { parseSearch } from '../../../../shared/search/parse-search';
import { present } from '../../../../shared/present';
import { MAX_COUNTED, MAX_RANKED } from '../../domain/limits';
import type { FindMessages, MessageSearch } from '../../ports/storage/message-search';
import type { StoreParts } from '../sql/store-parts';
import type { StoredContents } from '../contents/stored-contents';
import { createFileTexts } from './file-texts';
import { indexRest, isIndexed } from './index-rest';
import { PeopleNames } from './index-terms';
import { createSavedSearches } from './saved-searches';
import { KEYS_OF_A_TIME, keyOfTime } from './search-key';
import { countStatement, newestStatement, rankedStatement } from './search-statement';
import type { StatementOf } from './search-statement';

type Hit = { readonly key: number; readonly row: number };

/** Messages by their words and by the names of their people. A text without words or conditions finds nothing. */
export function createMessageSearch(
  parts: StoreParts & { readonly contents: Pick<StoredContents, 'read'> },
): MessageSearch {
  const { sql, writer } = parts;
  const names = new PeopleNames();
  const asked = (o: Pick<FindMessages, 'text' | 'now' | 'isMonthFirst'>): Omit<StatementOf, 'limit'> | undefined => {
    const query = parseSearch(o.text, o);
    return query && { sql, query, people: names.people(sql.all(SELECT_PEOPLE)) };
  };
  return {
    find: (o) => {
      const query = asked(o);
      if (query === undefined) return [];
      const rows = { limit: o.limit, ...present({ before: o.before && keyOfPlace(parts, o.before) }) };
      return summariesOf(parts, o.order === 'best' ? best(parts, query, rows) : newest(parts, query, rows));
    },
    count: (o) => {
      const query = asked(o);
      if (query === undefined) return { count: 0, isMore: false };
      const { select, values } = countStatement({ ...query, limit: MAX_COUNTED + 1 });
      const count = sql.get<{ count: number }>(select, values)?.count ?? 0;
      return { count: Math.min(count, MAX_COUNTED), isMore: count > MAX_COUNTED };
    },
    indexRest: () => writer.write((emit) => indexRest(parts, emit)),
    isIndexed: () => isIndexed(sql),
    ...createFileTexts(parts),
    saved: createSavedSearches(parts),
  };
}

const SELECT_PEOPLE = `SELECT name, address FROM contacts WHERE name <> ''`;

type Query = Omit<StatementOf, 'limit'>;

function newest(parts: StoreParts, query: Query, { limit, before }: { limit: number; before?: number }): Hit[] {
  const { select, values } = newestStatement({ ...query, limit, ...present({ before }) });
  return parts.sql.all<Hit>(select, values);
}

/** The best of the newest thousand; what is older follows in the order of writing. */
function best(parts: StoreParts, query: Query, { limit, before }: { limit: number; before?: number }): Hit[] {
  const statement = rankedStatement({ ...query, limit: MAX_RANKED });
  if (statement === undefined) return newest(parts, query, { limit, ...present({ before }) });
  const newestFirst = parts.sql.all<Hit & { rank: number }>(statement.select, statement.values);
  const end = newestFirst.length < MAX_RANKED ? undefined : newestFirst.at(-1)?.key;
  const isOlder = before !== undefined && end !== undefined && before <= end;
  const ranked = [...newestFirst].sort((one, other) => one.rank - other.rank || other.key - one.key);
  const begun = ranked.findIndex(({ key }) => key === before) + 1;
  if (isOlder && begun === 0) return newest(parts, query, { limit, before });
  const shown = ranked.slice(begun, begun + limit);
  if (shown.length === limit || end === undefined) return shown;
  return [...shown, ...newest(parts, query, { limit: limit - shown.length, before: end })];
}

/** The key of a row that was shown; when it is gone, the end of its time: a row twice is better than one left out. */
function keyOfPlace({ sql }: StoreParts, { orderedAt, sequence }: ListPlace): number {
  const query = 'SELECT s.key FROM mail m JOIN search_rows s ON s.message_row = m.row WHERE m.sequence = $sequence';
  return sql.get<{ key: number }>(query, { sequence })?.key ?? keyOfTime(orderedAt) + KEYS_OF_A_TIME;
}

/** In the order of the hits. */
function summariesOf({ summaries }: StoreParts, hits: readonly Hit[]): MessageSummary[] {
  const rows = JSON.stringify(hits.map(({ row }) => row));
  return summaries.select('JOIN json_each($rows) f ON f.value = m.row ORDER BY f.key', { rows });
}
