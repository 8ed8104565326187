import type { AgreementId, CustodyId } from '../../../../shared/ids';
import { present } from '../../../../shared/present';
import { ALL_HELD_SHARE_OF_DISK, HELD_SHARE_OF_DISK } from '../../domain/custody-limits';
import type { HeldTries } from '../../domain/custody/judge-offer';
import type { HeldMail, HoldOutcome } from '../../ports/storage/custody-records';
import type { GroupCommit } from '../sql/group-commit';
import { isOpenToken, SAME_CLIENT, usedToken, useToken } from './accepted-tokens';
import type { SqlConnection } from '../sql/sql-connection';
import type { SqlValue } from '../sql/sql-connection';
import type { Content } from '../../ports/storage/contents';
import { keepContent } from '../contents/keep-content';
import type { StoredContents } from '../contents/stored-contents';
import type { StoreParts } from '../sql/store-parts';
import type { Emit } from '../sql/transaction';
import type { CustodyAsHolder } from '../../ports/storage/custody-as-holder';

type Held = Pick<
  CustodyAsHolder,
  'roomFor' | 'hold' | 'held' | 'heldTotals' | 'heldContent' | 'recordHeldTries' | 'ageHeld' | 'dropHeld'
>;

type Holding = {
  readonly group: GroupCommit;
  readonly contents: Pick<StoredContents, 'stage' | 'read'>;
  /** Octets that are free on the disk. */
  readonly freeDisk: () => number;
};

/** Sealed mail that is kept for clients. Quota and token are looked at inside the transaction that keeps it. */
export function createHeldMail(parts: StoreParts, o: Holding): Held {
  const { sql, writer } = parts;
  return {
    roomFor: (agreementId, token) =>
      Math.max(
        roomFor(sql, { agreementId, free: o.freeDisk() }),
        (token && usedToken(sql, { agreementId, hash: token })?.size) ?? 0,
      ),
    hold: (mail) => holdLarge({ ...parts, ...o }, mail),
    held: (agreementId) =>
      sql
        .all<HeldRow>(`${SELECT_HELD} WHERE agreement_id = $agreementId ORDER BY row DESC`, { agreementId })
        .map(toHeld),
    heldTotals: (agreementId) => heldTotals(sql, agreementId),
    heldContent: async (id) => {
      const query = 'SELECT c.content FROM held_contents c JOIN held_mail h ON h.row = c.held_row WHERE h.id = $id';
      const row = sql.get<{ content: SqlValue }>(query, { id });
      return row === undefined ? undefined : o.contents.read(row.content);
    },
    recordHeldTries: (id, tries) => writer.write(() => recordTries(sql, id, tries)),
    ageHeld: (milliseconds) =>
      writer.write(() => sql.run('UPDATE held_mail SET kept_ms = kept_ms + $milliseconds', { milliseconds })),
    dropHeld: (ids, o) =>
      writer.write((emit) => {
        dropHeld(parts, { ids, ...o }, emit);
      }),
  };
}

type HeldRow = {
  id: CustodyId;
  agreement_id: AgreementId;
  size: number;
  digest: string;
  held_at: number;
  held_until: number;
  signature: string;
  attempts: number;
  kept_ms: number;
  next_try_at: number | null;
  refusals: number;
  refused_at: number | null;
};

const SELECT_HELD =
  'SELECT id, agreement_id, size, digest, held_at, held_until, signature, attempts, kept_ms, next_try_at, refusals, refused_at FROM held_mail';

function toHeld(row: HeldRow): HeldMail {
  return {
    id: row.id,
    agreementId: row.agreement_id,
    size: row.size,
    digest: row.digest,
    heldAt: row.held_at,
    until: row.held_until,
    signature: row.signature,
    attempts: row.attempts,
    refusals: row.refusals,
    ...present({ nextTryAt: row.next_try_at ?? undefined, refusedAt: row.refused_at ?? undefined }),
    keptMs: row.kept_ms,
  };
}

function recordTries(sql: SqlConnection, id: CustodyId, tries: HeldTries): void {
  const { attempts, nextTryAt = null, refusals, refusedAt = null } = tries;
  sql.run(
    'UPDATE held_mail SET attempts = $attempts, next_try_at = $nextTryAt, refusals = $refusals, refused_at = $refusedAt WHERE id = $id',
    { id, attempts, nextTryAt, refusals, refusedAt },
  );
}

/**
 * Octets that the next message may have: by what was agreed, and by the disk. Mail still held under earlier agreements
 * with this client counts too: a renewal is no second quota. 0 for an unknown agreement. `free`: of the disk.
 */
function roomFor(sql: SqlConnection, { agreementId, free }: { agreementId: AgreementId; free: number }): number {
  const held = sql.get<{ bytes: number }>('SELECT coalesce(sum(size), 0) AS bytes FROM held_mail')?.bytes ?? 0;
  const ofDisk = Math.min(free * HELD_SHARE_OF_DISK, (free + held) * ALL_HELD_SHARE_OF_DISK - held);
  return Math.max(0, Math.min(agreedRoom(sql, agreementId), Math.floor(ofDisk)));
}

function agreedRoom(sql: SqlConnection, agreementId: AgreementId): number {
  const quota = sql.get<{ quota_bytes: number }>(
    `SELECT quota_bytes FROM agreements WHERE id = $agreementId AND role = 'holder'`,
    { agreementId },
  );
  const query = `SELECT coalesce(sum(h.size), 0) AS bytes FROM agreements a JOIN held_mail h ON h.agreement_id = a.id WHERE ${SAME_CLIENT}`;
  return (quota?.quota_bytes ?? 0) - (sql.get<{ bytes: number }>(query, { agreementId })?.bytes ?? 0);
}

type NewHeld = Omit<Parameters<CustodyAsHolder['hold']>[0], 'content'> & { readonly content: Content };

/** What will find no room, or was kept before, is not staged first. */
async function holdLarge(parts: StoreParts & Holding, o: Parameters<CustodyAsHolder['hold']>[0]): Promise<HoldOutcome> {
  const add = (content: Content): Promise<HoldOutcome> =>
    parts.group.add((emit) => hold(parts, { ...o, content }, emit), content instanceof Uint8Array ? content.length : 0);
  return judgeHeld(parts, o).outcome === 'held' ? parts.contents.stage(o.content, add) : add(o.content);
}

/**
 * Changes of one commit run one after the other, so each sees the room and the tokens that those before it took.
 */
function hold(parts: StoreParts & Holding, o: NewHeld, emit: Emit): HoldOutcome {
  const { sql, identityId } = parts;
  const judged = judgeHeld(parts, o);
  if (judged.outcome !== 'held') return judged;
  useToken(sql, { mail: judged.mail, hash: o.token });
  insert(sql, judged.mail, o.content);
  emit({ type: 'holding.changed', identityId });
  return judged;
}

/** What `hold` answers; it has yet to be kept when that is `held`. */
function judgeHeld({ sql, freeDisk }: StoreParts & Holding, o: NewHeld): HoldOutcome {
  const mail: HeldMail = { ...o.mail, size: o.content.length };
  const before = usedToken(sql, { agreementId: mail.agreementId, hash: o.token });
  if (before !== undefined)
    return before.digest === mail.digest
      ? { outcome: 'held-before', mail: nowOf(sql, before) }
      : { outcome: 'token-unknown' };
  if (!isOpenToken(sql, { agreementId: mail.agreementId, hash: o.token })) return { outcome: 'token-unknown' };
  // What was staged of it stands on the disk already: it must not count against itself.
  const free = freeDisk() + (o.content instanceof Uint8Array ? 0 : mail.size);
  if (mail.size > roomFor(sql, { agreementId: mail.agreementId, free })) return { outcome: 'full' };
  return { outcome: 'held', mail };
}

/** The message with its tries and age when it is still held, else as the used token recorded it. */
function nowOf(sql: SqlConnection, before: HeldMail): HeldMail {
  const row = sql.get<HeldRow>(`${SELECT_HELD} WHERE id = $id`, { id: before.id });
  return row === undefined ? before : toHeld(row);
}

function insert(sql: SqlConnection, mail: HeldMail, octets: Content): void {
  const content = keepContent(sql, octets);
  const { nextTryAt: _none, refusedAt: _never, ...row } = mail;
  sql.run(
    `INSERT INTO held_mail (id, agreement_id, size, digest, held_at, held_until, signature, attempts, refusals, kept_ms)
     VALUES ($id, $agreementId, $size, $digest, $heldAt, $until, $signature, $attempts, $refusals, $keptMs)`,
    row,
  );
  sql.run('INSERT INTO held_contents (held_row, content) VALUES (last_insert_rowid(), $content)', { content });
}

type TotalsRow = { messages: number; bytes: number; oldest_at: number | null };

function heldTotals(sql: SqlConnection, agreementId: AgreementId): ReturnType<CustodyAsHolder['heldTotals']> {
  const query =
    'SELECT count(*) AS messages, coalesce(sum(size), 0) AS bytes, min(held_at) AS oldest_at FROM held_mail WHERE agreement_id = $agreementId';
  const row = sql.get<TotalsRow>(query, { agreementId });
  if (row === undefined || row.oldest_at === null) return { messages: 0, bytes: 0 };
  return { messages: row.messages, bytes: row.bytes, oldestAt: row.oldest_at };
}

type Dropping = { readonly ids: readonly CustodyId[]; readonly handedOver: boolean };

/** A message that is gone already is not counted again. */
function dropHeld({ sql, identityId }: StoreParts, { ids, handedOver }: Dropping, emit: Emit): void {
  let dropped = 0;
  for (const id of ids) {
    if (handedOver)
      sql.run(
        'UPDATE agreements SET handed_over = handed_over + 1 WHERE id = (SELECT agreement_id FROM held_mail WHERE id = $id)',
        { id },
      );
    dropped += sql.run('DELETE FROM held_mail WHERE id = $id', { id });
  }
  if (dropped > 0) emit({ type: 'holding.changed', identityId });
}
