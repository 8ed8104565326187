import { PosthornError } from '../../../../shared/errors';
import { MAX_KEYWORDS } from '../../domain/limits';
import type { ServedMail } from '../../ports/storage/served-mail';
import { mailboxRow } from '../mailboxes/mailbox-rows';
import type { SqlConnection } from '../sql/sql-connection';
import type { StoreParts } from '../sql/store-parts';
import type { Emit } from '../sql/transaction';

type Change = Parameters<ServedMail['setFlags']>[0];

/** Columns of system flags (RFC 9051 2.3.2). What lies in Drafts is a draft, whatever its column says. */
const COLUMNS = {
  '\\seen': 'seen',
  '\\flagged': 'flagged',
  '\\answered': 'answered',
  '\\deleted': 'deleted',
  '\\draft': 'draft',
} as const;
const NAMES = Object.values(COLUMNS);

type FlagRow = { row: number; uid: number; modseq: number } & Record<(typeof NAMES)[number], number>;

/** What triggers count of it, they count; windows are told of every message that has other flags now. */
export function setFlags(parts: StoreParts, o: Change, emit: Emit): { readonly modified: number[] } {
  const { sql } = parts;
  const rows = sql.all<FlagRow>(SELECT_FLAGS, {
    mailbox: mailboxRow(sql, o.mailbox),
    uids: JSON.stringify(o.uids),
  });
  const isModified = ({ modseq }: FlagRow): boolean => modseq > (o.unchangedSince ?? Infinity);
  const changed = changeAll(
    sql,
    rows.filter((row) => !isModified(row)),
    o,
  );
  const tail = 'WHERE m.row IN (SELECT value FROM json_each($rows)) ORDER BY m.sequence';
  for (const message of parts.summaries.select(tail, { rows: JSON.stringify(changed.map(({ row }) => row)) }))
    emit({ type: 'message.changed', message });
  return { modified: rows.filter(isModified).map(({ uid }) => uid) };
}

const SELECT_FLAGS = `
  SELECT row, uid, modseq, ${NAMES.join(', ')} FROM messages
  WHERE mailbox = $mailbox AND uid IN (SELECT value FROM json_each($uids)) ORDER BY uid`;

/** Answers what has other flags now. All system flags are changed by one statement. */
function changeAll(sql: SqlConnection, found: readonly FlagRow[], { how, flags }: Change): FlagRow[] {
  const isChanged = (row: FlagRow): boolean => {
    const isSet = systemFlags(row, { how, flags });
    return NAMES.some((name) => isSet[name] !== row[name]);
  };
  const changed = new Set(found.filter(isChanged));
  if (changed.size > 0) {
    const rows = JSON.stringify(Array.from(changed, ({ row }) => row));
    sql.run(UPDATE_FLAGS, { rows, ...columnsSet({ how, flags }) });
  }
  const keywords = keywordsIn(flags);
  if (keywords.length > 0 || how === 'replace')
    for (const each of found) if (changeKeywords(sql, each.row, { how, keywords })) changed.add(each);
  return found.filter((each) => changed.has(each));
}

const UPDATE_FLAGS = `UPDATE messages SET ${NAMES.map((name) => `${name} = coalesce($${name}, ${name})`).join(', ')}
  WHERE row IN (SELECT value FROM json_each($rows))`;

/** What each column becomes; null: what it is. */
function columnsSet({ how, flags }: Pick<Change, 'how' | 'flags'>): Record<(typeof NAMES)[number], number | null> {
  const named = new Set(flags.map((flag) => flag.toLowerCase()));
  const value = (flag: string): number | null => {
    if (how === 'replace') return Number(named.has(flag));
    return named.has(flag) ? Number(how === 'add') : null;
  };
  return {
    seen: value('\\seen'),
    flagged: value('\\flagged'),
    answered: value('\\answered'),
    deleted: value('\\deleted'),
    draft: value('\\draft'),
  };
}

function systemFlags(
  found: FlagRow,
  { how, flags }: Pick<Change, 'how' | 'flags'>,
): Record<(typeof NAMES)[number], number> {
  const named = new Set(flags.map((flag) => flag.toLowerCase()));
  const isSet = { ...found };
  for (const [flag, column] of Object.entries(COLUMNS)) {
    if (how === 'replace') isSet[column] = Number(named.has(flag));
    else if (named.has(flag)) isSet[column] = Number(how === 'add');
  }
  const { seen, flagged, answered, deleted, draft } = isSet;
  return { seen, flagged, answered, deleted, draft };
}

/** Keywords in small letters. */
export function keywordsIn(flags: readonly string[]): string[] {
  return [...new Set(flags.filter((flag) => !flag.startsWith('\\')).map((flag) => flag.toLowerCase()))];
}

/** System flags that are named, by their columns. */
export function flagColumns(flags: readonly string[]): Record<(typeof NAMES)[number], number> {
  const none = { row: 0, uid: 0, modseq: 0, seen: 0, flagged: 0, answered: 0, deleted: 0, draft: 0 };
  return systemFlags(none, { how: 'replace', flags });
}

/** Whether the message has other keywords now. Throws `too-many`. */
export function changeKeywords(
  sql: SqlConnection,
  row: number,
  { how, keywords }: { readonly how: Change['how']; readonly keywords: readonly string[] },
): boolean {
  const list = JSON.stringify(keywords);
  let changed = 0;
  if (how === 'remove')
    changed += sql.run(`DELETE FROM keywords WHERE message_row = $row AND keyword IN ${LISTED}`, { row, list });
  if (how === 'replace')
    changed += sql.run(`DELETE FROM keywords WHERE message_row = $row AND keyword NOT IN ${LISTED}`, { row, list });
  if (how !== 'remove') changed += addKeywords(sql, row, keywords);
  return changed > 0;
}

const LISTED = '(SELECT value FROM json_each($list))';

function addKeywords(sql: SqlConnection, row: number, keywords: readonly string[]): number {
  let changed = 0;
  for (const keyword of keywords)
    changed += sql.run('INSERT INTO keywords (message_row, keyword) VALUES ($row, $keyword) ON CONFLICT DO NOTHING', {
      row,
      keyword,
    });
  if (changed === 0) return 0;
  const count = sql.get<{ count: number }>('SELECT count(*) AS count FROM keywords WHERE message_row = $row', { row });
  if ((count?.count ?? 0) > MAX_KEYWORDS)
    throw new PosthornError('too-many', `A message can have ${MAX_KEYWORDS} tags. Nothing was changed.`);
  return changed;
}
