import type { ListFilter, SortedPlace } from '../../../../shared/lists/list-view';
import type { ListSort } from '../../../../shared/message';
import { newestFirst } from '../../../../shared/lists/list-view';
import type { MessageSummary } from '../../../../shared/message';
import { RARE_MESSAGES } from '../../domain/limits';
import type { PageRequest } from '../../ports/storage/messages';
import { mailboxRow } from '../mailboxes/mailbox-rows';
import type { SqlConnection, SqlParameters } from '../sql/sql-connection';
import type { StoreParts } from '../sql/store-parts';

/** What follows `SELECT … FROM mail m`, and its values. */
type PagePart = { readonly tail: string; readonly values: SqlParameters };

type Page = { readonly messages: MessageSummary[]; readonly more: boolean };

/** One page of a mailbox in any order. Throws `mailbox-unknown`. */
export function readPage({ sql, summaries }: Pick<StoreParts, 'sql' | 'summaries'>, request: PageRequest): Page {
  const mailbox = mailboxRow(sql, request.folder);
  const found: MessageSummary[] = [];
  const wanted = request.limit + 1;
  for (const { tail, values } of pageParts(sql, { ...request, mailbox })) {
    if (found.length === wanted) break;
    found.push(...summaries.select(tail, { ...values, mailbox, limit: wanted - found.length }));
  }
  return { messages: found.slice(0, request.limit), more: found.length > request.limit };
}

type Asked = Omit<PageRequest, 'folder' | 'limit'> & { readonly mailbox: number };

/**
 * The statements that read a page, one after the other until it is full: what has the key of the last row, then what
 * comes after that key. Each goes along one index, and none sorts more than a few.
 */
export function pageParts(
  sql: SqlConnection,
  { sort = newestFirst, filters = [], before, mailbox }: Asked,
): PagePart[] {
  const rare = sort.by === 'date' && filters.length < 2 ? undefined : rareOf(sql, mailbox, filters);
  const where = rare === undefined ? along(filters) : among(rare, filters);
  return cuts(sort, before).map(({ cut, order, values }) => ({
    tail: `WHERE ${where}${cut} ORDER BY ${order} LIMIT $limit`,
    values,
  }));
}

type Cut = { readonly cut: string; readonly order: string; readonly values: SqlParameters };

const PLACE = '(m.ordered_at, m.sequence)';

function cuts({ by, direction }: ListSort, before: SortedPlace | undefined): Cut[] {
  const isUp = direction === 'up';
  const key = KEYS[by];
  // Of one key the newest stand first when the list goes up, and the whole is turned round when it goes down.
  const isDateUp = key === undefined ? isUp : !isUp;
  const dates = isDateUp ? 'm.ordered_at, m.sequence' : 'm.ordered_at DESC, m.sequence DESC';
  const order = key === undefined ? dates : `${key}${isUp ? '' : ' DESC'}, ${dates}`;
  if (before === undefined) return [{ cut: '', order, values: {} }];
  const { orderedAt, sequence } = before;
  const later = ` AND ${PLACE} ${isDateUp ? '>' : '<'} ($orderedAt, $sequence)`;
  if (key === undefined) return [{ cut: later, order, values: { orderedAt, sequence } }];
  const place = before.key ?? '';
  return [
    { cut: ` AND ${key} = $key${later}`, order: dates, values: { key: place, orderedAt, sequence } },
    { cut: ` AND ${key} ${isUp ? '>' : '<'} $key`, order, values: { key: place } },
  ];
}

const KEYS: Readonly<Record<ListSort['by'], string | undefined>> = {
  date: undefined,
  sender: 'm.from_address',
  subject: 'm.subject_key',
  size: 'm.size',
};

const CONDITIONS: Readonly<Record<ListFilter, string>> = {
  unread: 'm.seen = 0',
  flagged: 'm.flagged = 1',
  files: 'm.attachment_count > 0',
  verified: `m.protection = 'verified'`,
};

/**
 * A filter that few messages of the mailbox pass: those are looked at, instead of going through all in their order to
 * find them. Where each has many, a page is full soon.
 */
function rareOf(sql: SqlConnection, mailbox: number, filters: readonly ListFilter[]): ListFilter | undefined {
  return filters.find((filter) => {
    const some = `SELECT 1 FROM mail m WHERE m.mailbox = $mailbox AND ${CONDITIONS[filter]} LIMIT $most`;
    const row = sql.get<{ count: number }>(`SELECT count(*) AS count FROM (${some})`, { mailbox, most: RARE_MESSAGES });
    return (row?.count ?? 0) < RARE_MESSAGES;
  });
}

/** All of the mailbox, in the order of the list. */
function along(filters: readonly ListFilter[]): string {
  return ['m.mailbox = $mailbox', ...filters.map((filter) => CONDITIONS[filter])].join(' AND ');
}

/** Those few that pass the rare one. A plus keeps the database from going along another index to find them. */
function among(rare: ListFilter, filters: readonly ListFilter[]): string {
  const few = `SELECT f.row FROM mail f WHERE f.mailbox = $mailbox AND ${CONDITIONS[rare].replace('m.', 'f.')}`;
  const others = filters.filter((filter) => filter !== rare).map((filter) => `+${CONDITIONS[filter]}`);
  return [`m.row IN (${few})`, '+m.mailbox = $mailbox', ...others].join(' AND ');
}
