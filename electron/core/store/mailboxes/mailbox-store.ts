import { PosthornError } from '../../../../shared/errors';
import type { IdentityId, MailboxId } from '../../../../shared/ids';
import type { MailboxSummary } from '../../../../shared/mailbox';
import type { Folder } from '../../../../shared/message';
import { foldedName } from '../../domain/mailboxes/mailbox-name';
import type { Mailboxes } from '../../ports/storage/mailboxes';
import type { SqlConnection } from '../sql/sql-connection';
import type { StoreParts } from '../sql/store-parts';
import { entriesOf, expungedSince, stateOf } from './mailbox-entries';
import { keywordsInUse, uidsOf } from './mailbox-uids';
import { mailboxRow } from './mailbox-rows';

/** Mailboxes by their rows. UIDs, MODSEQs and counts are kept by triggers of the schema. */
export function createMailboxStore({
  sql,
  identityId,
  writer,
}: Pick<StoreParts, 'sql' | 'identityId' | 'writer'>): Mailboxes {
  const one = (row: number): MailboxSummary =>
    readMailboxes(sql, identityId, 'WHERE m.row = $row', { row })[0] ?? missing();
  return {
    all: () => inTreeOrder(readMailboxes(sql, identityId)),
    get: (mailbox) => one(mailboxRow(sql, mailbox)),
    make: (o) =>
      writer.write(() => {
        sql.run(INSERT, { ...placeOf(sql, o), id: o.id, uidValidity: nextUidValidity(sql) });
        return one(mailboxRow(sql, o.id));
      }),
    place: (o) =>
      writer.write(() => {
        const row = mailboxRow(sql, o.id);
        sql.run(UPDATE, { ...placeOf(sql, o), row });
        return one(row);
      }),
    remove: (id) =>
      writer.write((emit) => {
        const row = mailboxRow(sql, id);
        requireEmpty(sql, row);
        sql.run('DELETE FROM mailboxes WHERE row = $row', { row });
        emit({ type: 'mailbox.removed', identityId, mailboxId: id });
      }),
    state: (mailbox) => stateOf(sql, mailboxRow(sql, mailbox)),
    entries: (o) => entriesOf(sql, mailboxRow(sql, o.mailbox), o),
    uids: (o) => uidsOf(sql, mailboxRow(sql, o.mailbox), o),
    keywordsInUse: (limit) => keywordsInUse(sql, limit),
    expungedSince: (o) => expungedSince(sql, mailboxRow(sql, o.mailbox), o.modseq),
  };
}

type MailboxRow = {
  id: MailboxId;
  name: string;
  special_use: Folder | null;
  parent_id: MailboxId | null;
  messages: number;
  unseen: number;
};

/** In the order in which they were made. */
export function readMailboxes(
  sql: SqlConnection,
  identityId: IdentityId,
  where = '',
  parameters?: Readonly<Record<string, number>>,
): MailboxSummary[] {
  const query = `SELECT m.id, m.name, m.special_use, p.id AS parent_id, m.messages, m.unseen
    FROM mailboxes m LEFT JOIN mailboxes p ON p.row = m.parent ${where} ORDER BY m.row`;
  return sql.all<MailboxRow>(query, parameters).map((row) => ({
    id: row.id,
    identityId,
    name: row.name,
    messages: row.messages,
    unseen: row.unseen,
    ...(row.parent_id === null ? {} : { parentId: row.parent_id }),
    ...(row.special_use === null ? {} : { specialUse: row.special_use }),
  }));
}

/** A mailbox may lie in one that was made later: it was moved there. */
function inTreeOrder(mailboxes: readonly MailboxSummary[]): MailboxSummary[] {
  const below = new Map<MailboxId | undefined, MailboxSummary[]>();
  for (const mailbox of mailboxes) {
    const siblings = below.get(mailbox.parentId);
    if (siblings) siblings.push(mailbox);
    else below.set(mailbox.parentId, [mailbox]);
  }
  const listed = (parentId: MailboxId | undefined): MailboxSummary[] =>
    (below.get(parentId) ?? []).flatMap((mailbox) => [mailbox, ...listed(mailbox.id)]);
  return listed(undefined);
}

const INSERT = `INSERT INTO mailboxes (id, parent, name, folded_name, uid_validity)
  VALUES ($id, $parent, $name, $folded, $uidValidity)`;
const UPDATE = 'UPDATE mailboxes SET name = $name, folded_name = $folded, parent = $parent WHERE row = $row';

/** Throws `mailbox-exists` when another has this name there. */
function placeOf(sql: SqlConnection, o: Parameters<Mailboxes['make']>[0]) {
  const parent = o.parentId === undefined ? null : mailboxRow(sql, o.parentId);
  const folded = foldedName(o.name);
  const query = 'SELECT id FROM mailboxes WHERE coalesce(parent, 0) = coalesce($parent, 0) AND folded_name = $folded';
  const there = sql.get<{ id: MailboxId }>(query, { parent, folded });
  if (there !== undefined && there.id !== o.id)
    throw new PosthornError('mailbox-exists', 'There is a mailbox of this name already. Nothing was changed.');
  return { parent, name: o.name, folded };
}

/** Seconds since 1970, and always more than any before: also of a mailbox that a restored backup knows nothing of. */
function nextUidValidity(sql: SqlConnection): number {
  sql.run(`UPDATE counters SET value = max(value + 1, unixepoch()) WHERE name = 'uid_validity'`);
  return sql.get<{ value: number }>(`SELECT value FROM counters WHERE name = 'uid_validity'`)?.value ?? 0;
}

function requireEmpty(sql: SqlConnection, row: number): void {
  const query = `SELECT EXISTS (SELECT 1 FROM messages WHERE mailbox = $row) OR EXISTS (SELECT 1 FROM mailboxes WHERE parent = $row)
    OR (SELECT special_use IS NOT NULL FROM mailboxes WHERE row = $row) AS kept`;
  if (sql.get<{ kept: number }>(query, { row })?.kept === 1)
    throw new PosthornError('mailbox-refused', 'There still is something in this mailbox. It was left as it is.');
}

function missing(): never {
  throw new PosthornError('mailbox-unknown', 'This mailbox is not there any more.');
}
