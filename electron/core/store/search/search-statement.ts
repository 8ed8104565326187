import type { SearchQuery } from '../../../../shared/search/search-query';
import type { SqlConnection, SqlParameters } from '../sql/sql-connection';
import { IndexTerms, isText, SEARCH_INDEX } from './index-terms';
import type { NamedPerson } from './index-terms';
import { SearchConditions } from './search-conditions';
import { keyOfTime } from './search-key';

/** A statement and its values. */
export type SearchStatement = { readonly select: string; readonly values: SqlParameters };

export type StatementOf = {
  readonly sql: SqlConnection;
  readonly query: SearchQuery;
  readonly people: readonly NamedPerson[];
  /** Only what stands before this key. */
  readonly before?: number;
  readonly limit: number;
};

/**
 * `key` and `row` of the newest that a query finds. Words drive it where there are any: the index stands in the order
 * of writing, so that the newest with a word are read without looking at the others, and a word in half of all messages
 * costs what a rare one does. What else is asked is looked up for each.
 */
export function newestStatement(o: StatementOf): SearchStatement {
  const { values, key, from, rows, where } = sources(o);
  const select = `SELECT s.key, s.message_row AS row FROM ${from}${rows}
    WHERE ${where} ORDER BY ${key} DESC LIMIT ${values.add(o.limit)}`;
  return { select, values: values.all() };
}

/** The same with how well each fits (`rank`, less is better); without words there is nothing to rank by. */
export function rankedStatement(o: StatementOf): SearchStatement | undefined {
  const { values, key, from, rows, where, isDriven } = sources(o);
  if (!isDriven) return undefined;
  const select = `SELECT s.key, s.message_row AS row, bm25(${SEARCH_INDEX.name}, ${WEIGHTS}) AS rank FROM ${from}${rows}
    WHERE ${where} ORDER BY ${key} DESC LIMIT ${values.add(o.limit)}`;
  return { select, values: values.all() };
}

/** How many (`count`) a query finds, up to the limit. */
export function countStatement(o: StatementOf): SearchStatement {
  const { values, from, rows, where, asksRows } = sources(o);
  const found = `SELECT 1 FROM ${from}${asksRows || hasLeftover(o.sql) ? rows : ''} WHERE ${where} LIMIT ${values.add(o.limit)}`;
  return { select: `SELECT count(*) AS count FROM (${found})`, values: values.all() };
}

/** Whether words of deleted messages are in the index. */
function hasLeftover(sql: SqlConnection): boolean {
  return sql.get('SELECT 1 AS one FROM leftover_words LIMIT 1') !== undefined;
}

/** Subject, body, sender, recipients, copies, files, contents: what a letter is about stands in its subject. */
const WEIGHTS = '10, 1, 6, 3, 2, 4, 0.5';

function sources({ sql, query, people, before }: StatementOf) {
  const terms = new IndexTerms(people);
  const conditions = new SearchConditions(sql, terms);
  const { wanted, unwanted, ranges, others } = sorted(query, conditions.hasEarlier);
  const isDriven = wanted.length > 0;
  const key = isDriven ? `${SEARCH_INDEX.name}.rowid` : 's.key';
  const { values } = conditions;
  const where = [
    ...(isDriven ? [`${SEARCH_INDEX.name} MATCH ${values.add(expressionOf(terms, wanted, unwanted))}`] : []),
    ...ranges.map(
      ({ from, until }) => `${key} >= ${values.add(keyOfTime(from))} AND ${key} < ${values.add(keyOfTime(until))}`,
    ),
    ...(before === undefined ? [] : [`${key} < ${values.add(before)}`]),
    ...others.map((part) => conditions.whereAll(part)),
  ];
  return {
    values,
    key,
    isDriven,
    from: isDriven ? SEARCH_INDEX.name : 'search_rows s',
    /** The order of the tables is the order in which they are read. */
    rows: `${isDriven ? ` CROSS JOIN search_rows s ON s.key = ${key}` : ''} CROSS JOIN mail m ON m.row = s.message_row`,
    where: where.length === 0 ? '1' : where.join(' AND '),
    asksRows: others.length > 0,
  };
}

type Range = Extract<SearchQuery, { kind: 'written' }>;

/** What the index of words answers, what is a place in it, and what is asked of each message. */
function sorted(query: SearchQuery, hasEarlier: boolean) {
  const parts = query.kind === 'all' ? query.parts : [query];
  const wanted = hasEarlier ? [] : parts.filter(isText);
  const unwanted =
    wanted.length === 0 ? [] : parts.flatMap((part) => (part.kind === 'not' && isText(part.part) ? [part.part] : []));
  const ranges = parts.filter((part): part is Range => part.kind === 'written');
  const isAnswered = (part: SearchQuery): boolean =>
    part.kind === 'written' || wanted.includes(part) || (part.kind === 'not' && unwanted.includes(part.part));
  return { wanted, unwanted, ranges, others: parts.filter((part) => !isAnswered(part)) };
}

function expressionOf(terms: IndexTerms, wanted: readonly SearchQuery[], unwanted: readonly SearchQuery[]): string {
  const positive = terms.expression({ kind: 'all', parts: wanted }, SEARCH_INDEX);
  return `${positive}${unwanted.map((part) => ` NOT ${terms.expression(part, SEARCH_INDEX)}`).join('')}`;
}
