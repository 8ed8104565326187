import type { SearchQuery, SearchState } from '../../../../shared/search/search-query';
import { RARE_MESSAGES } from '../../domain/limits';
import type { SqlConnection, SqlParameters, SqlValue } from '../sql/sql-connection';
import { EARLIER_INDEXES, isText, SEARCH_INDEX } from './index-terms';
import type { IndexTable, IndexTerms } from './index-terms';
import { keyOfTime } from './search-key';
import { placeCondition } from './mailbox-condition';

/** Values of a statement, each under a name of its own. */
export class SqlValues {
  readonly #values: Record<string, SqlValue> = {};
  #count = 0;

  /** The name by which SQL knows the value. */
  add(value: SqlValue): string {
    this.#count += 1;
    // No name begins another.
    const name = `v${String(this.#count)}_`;
    this.#values[name] = value;
    return `$${name}`;
  }

  all(): SqlParameters {
    return this.#values;
  }
}

/** What a query asks of `s` of `search_rows` and `m` of `mail`, as SQL. */
export class SearchConditions {
  readonly values = new SqlValues();
  /** While there are messages that an earlier version indexed. */
  readonly hasEarlier: boolean;

  constructor(
    private readonly sql: SqlConnection,
    private readonly terms: IndexTerms,
  ) {
    this.hasEarlier = EARLIER_INDEXES.some(
      ({ name }) => sql.get(`SELECT rowid AS row FROM ${name} LIMIT 1`) !== undefined,
    );
  }

  /** Of any part of a query. */
  where(query: SearchQuery): string {
    if (query.kind === 'words' || isText(query)) return this.#found(query);
    switch (query.kind) {
      case 'all':
      case 'any':
        return `(${query.parts.map((part) => this.where(part)).join(query.kind === 'all' ? ' AND ' : ' OR ')})`;
      case 'not':
        return `NOT ${this.where(query.part)}`;
      default:
        return this.#fact(query);
    }
  }

  /** Of one that every found message must meet: a rare one is looked up at once instead of message by message. */
  whereAll(query: SearchQuery): string {
    const condition = this.where(query);
    if (!isIndexed(query) || !this.#isRare(condition)) return condition;
    return `s.key IN (SELECT f.key FROM mail m JOIN search_rows f ON f.message_row = m.row WHERE ${condition})`;
  }

  #isRare(condition: string): boolean {
    const query = `SELECT count(*) AS count FROM (SELECT 1 FROM mail m WHERE ${condition} LIMIT $most)`;
    const values = { most: RARE_MESSAGES, ...usedIn(query, this.values.all()) };
    return (this.sql.get<{ count: number }>(query, values)?.count ?? 0) < RARE_MESSAGES;
  }

  #found(query: SearchQuery): string {
    const found = [`SELECT rowid FROM ${SEARCH_INDEX.name} WHERE ${this.#matches(query, SEARCH_INDEX)}`];
    if (this.hasEarlier) {
      for (const table of EARLIER_INDEXES)
        found.push(
          `SELECT e.key FROM ${table.name} JOIN search_rows e ON e.message_row = ${table.name}.rowid WHERE ${this.#matches(query, table)}`,
        );
    }
    return `s.key IN (${found.join(' UNION ALL ')})`;
  }

  #matches(query: SearchQuery, table: IndexTable): string {
    return `${table.name} MATCH ${this.values.add(this.terms.expression(query, table))}`;
  }

  #fact(query: Exclude<SearchQuery, { kind: 'all' | 'any' | 'not' | 'words' }>): string {
    switch (query.kind) {
      case 'is':
        return STATES[query.state];
      case 'attachment':
        return 'm.attachment_count > 0';
      case 'written':
        return `(s.key >= ${this.values.add(keyOfTime(query.from))} AND s.key < ${this.values.add(keyOfTime(query.until))})`;
      case 'size':
        return `(m.size > ${this.values.add(query.over)} AND m.size < ${this.values.add(query.under)})`;
      default:
        return placeCondition(query, (value) => this.values.add(value));
    }
  }
}

const STATES: Readonly<Record<SearchState, string>> = {
  unread: 'm.seen = 0',
  flagged: 'm.flagged = 1',
  answered: 'm.answered = 1',
  verified: `m.protection = 'verified'`,
  own: `m.protection = 'own'`,
};

/** Whether an index of `messages` knows the messages of a condition. */
function isIndexed({ kind }: SearchQuery): boolean {
  return kind === 'is' || kind === 'attachment' || kind === 'in' || kind === 'tag';
}

/** A statement takes no values that it does not name. */
function usedIn(statement: string, values: SqlParameters): SqlParameters {
  return Object.fromEntries(Object.entries(values).filter(([name]) => statement.includes(`$${name}`)));
}
