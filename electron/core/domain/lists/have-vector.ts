import type { HaveRow } from '../../../../shared/mailing-lists/mailing-list';
import { MAX_BRANCH_ENTRIES, MAX_HAVE_ROWS } from './list-limits';
import type { Entry } from './entry';
import type { EntryShelf, LogHead } from './entry-shelf';
import { keyOf } from './place-entry';

/** Letters of an id that stand in a vector. */
const SHORT = 16;
const short = (id: string): string => id.slice(0, SHORT);

/** How far we have each log. */
export function haveVector(shelf: Pick<EntryShelf, 'logs' | 'entries'>): HaveRow[] {
  return shelf
    .logs()
    .slice(0, MAX_HAVE_ROWS)
    .map((log) => rowOf(shelf, log));
}

function rowOf(shelf: Pick<EntryShelf, 'entries'>, log: LogHead): HaveRow {
  const { author, install, lane, next, head, forkedAt } = log;
  const row = { author, install, lane, next, head: next === 0 ? '' : short(head) };
  if (forkedAt === undefined) return row;
  if (lane === 'posts') return { ...row, forkedAt };
  const branches = shelf.entries({ author, install, lane, from: forkedAt, limit: MAX_BRANCH_ENTRIES });
  return { ...row, forkedAt, branches: branches.map(({ id }) => short(id)) };
}

/**
 * What a member with this vector lacks of what we have, the ledger first, each log ascending. Where they have another
 * branch of a log than we, they get ours, so that both know of the fork. A vector that claims everything gets nothing.
 */
export function* missingEntries(
  shelf: Pick<EntryShelf, 'logs' | 'entries'>,
  rows: readonly HaveRow[],
): Generator<Entry> {
  const theirs = new Map(rows.map((row) => [nameOf(row), row]));
  for (const lane of ['ledger', 'posts'] as const) {
    for (const log of shelf.logs().filter((each) => each.lane === lane))
      yield* missingOf(shelf, log, theirs.get(nameOf(log)));
  }
}

const nameOf = ({ author, install, lane }: Pick<HaveRow, 'author' | 'install' | 'lane'>): string =>
  `${author} ${install} ${lane}`;

function* missingOf(shelf: Pick<EntryShelf, 'entries'>, log: LogHead, row: HaveRow | undefined): Generator<Entry> {
  if (!row) {
    yield* inPieces(shelf, log, 0);
    return;
  }
  if (log.lane === 'ledger' && (log.forkedAt ?? row.forkedAt) !== undefined) {
    yield* branches(shelf, log, row);
    return;
  }
  if (row.forkedAt !== undefined) return;
  const { forkedAt } = log;
  if (forkedAt !== undefined && row.next > forkedAt) yield* inPieces(shelf, log, forkedAt, forkedAt);
  else yield* from(shelf, log, row);
}

/** Beside what follows: our entry at the place of their last one, when it is another. */
function* from(shelf: Pick<EntryShelf, 'entries'>, log: LogHead, row: HaveRow): Generator<Entry> {
  if (row.next > log.next) return;
  const start = Math.max(0, row.next - 1);
  for (const entry of inPieces(shelf, log, start)) {
    if (entry.number >= row.next) yield entry;
    else if (short(entry.id) !== row.head) {
      yield* log.lane === 'ledger' ? inPieces(shelf, log, 0) : [entry];
      return;
    }
  }
}

/** Of a forked log of the ledger lane everything that they do not name, whatever branch it stands in. */
function* branches(shelf: Pick<EntryShelf, 'entries'>, log: LogHead, row: HaveRow): Generator<Entry> {
  const known = new Set([...(row.branches ?? []), row.head]);
  const start = Math.min(log.forkedAt ?? log.next, row.forkedAt ?? row.next, row.next);
  for (const entry of inPieces(shelf, log, start)) if (!known.has(short(entry.id))) yield entry;
}

/** Bodies are large: a few at once. Of a fork all that may have one number, so that none of them is left out. */
const PIECE = 8;
const FORKED_PIECE = 2 * MAX_BRANCH_ENTRIES;

function* inPieces(
  shelf: Pick<EntryShelf, 'entries'>,
  log: LogHead,
  start: number,
  last = Number.POSITIVE_INFINITY,
): Generator<Entry> {
  const limit = log.forkedAt === undefined ? PIECE : FORKED_PIECE;
  for (let at = start; at <= last;) {
    const found = shelf.entries({ ...keyOf(log), from: at, limit });
    const end = found.length < limit ? undefined : found.at(-1)?.number;
    for (const entry of found) if (entry.number <= last && entry.number !== end) yield entry;
    if (end === undefined) return;
    at = end;
  }
}
