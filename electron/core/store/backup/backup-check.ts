import { PosthornError } from '../../../../shared/errors';
import { countMail } from './backup-copy';
import type { MailCopy } from './backup-copy';
import { forgetInstalls } from '../lists/restored-lists';
import { renewModseqs } from '../mailboxes/restored-mailboxes';
import { mailMigrations } from '../migrations/mail-schema';
import { newestVersion } from '../sql/migrations';
import { openDatabase } from '../sql/open-database';
import type { SqlConnection, SqlRow } from '../sql/sql-connection';
import { connect } from '../sql/sql-connection';

export type MailCheck = ({ readonly outcome: 'good' } & MailCopy) | { readonly outcome: 'damaged' | 'newer' };

/**
 * Opens a mail database that came out of a backup, brings it to today's schema and reads all of it: every page's seal,
 * the structure, each message, text, attachment and wire copy. New UIDs will lie above those given since. Holds its
 * thread for several seconds per GB. Throws `disk-full`.
 */
export function checkMail(o: { readonly path: string; readonly key: Uint8Array }): MailCheck {
  if (isNewer(o)) return { outcome: 'newer' };
  try {
    return readAll(o);
  } catch (error) {
    if (error instanceof PosthornError && error.code === 'disk-full') throw error;
    return { outcome: 'damaged' };
  }
}

function isNewer({ path, key }: { path: string; key: Uint8Array }): boolean {
  const sql = connect(path);
  try {
    sql.exec('PRAGMA cipher_log_level = NONE');
    sql.exec(`PRAGMA key = "x'${Buffer.from(key).toString('hex')}'"`);
    return (
      (sql.get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0) > newestVersion(mailMigrations)
    );
  } catch {
    return false;
  } finally {
    sql.close();
  }
}

function readAll({ path, key }: { path: string; key: Uint8Array }): MailCheck {
  const sql = openDatabase({ path, key, migrations: mailMigrations, mode: 'existing' });
  try {
    const sound = isSealed(sql) && isWhole(sql) && READINGS.every((reading) => readEach(sql, reading));
    const counts = countMail(sql);
    if (sound) {
      renewModseqs(sql);
      forgetInstalls(sql);
    }
    // One file again, without a log beside it.
    sql.exec('PRAGMA journal_mode = DELETE');
    return sound ? { outcome: 'good', ...counts } : { outcome: 'damaged' };
  } finally {
    sql.close();
  }
}

/** Answers a row for each page whose HMAC is wrong. */
function isSealed(sql: SqlConnection): boolean {
  return sql.all('PRAGMA cipher_integrity_check').length === 0;
}

function isWhole(sql: SqlConnection): boolean {
  const [first] = sql.all<{ integrity_check: string }>('PRAGMA integrity_check(1)');
  return first?.integrity_check === 'ok' && sql.all('PRAGMA foreign_key_check').length === 0;
}

type Reading = { readonly rows: string; readonly one: string; readonly isSound: (row: SqlRow) => boolean };

const lengthOf = (value: unknown): number => (value instanceof Uint8Array ? value.length : 0);

/** Octets of a large content; null for one that stands in its column. */
const PIECES = '(SELECT sum(octet_length(octets)) FROM content_pieces WHERE content_row = content) AS pieces';

/** One row at a time: an older wire copy may have 54 MiB. */
const READINGS: readonly Reading[] = [
  {
    rows: 'SELECT row AS key FROM messages',
    one: 'SELECT messages.*, bodies.text AS body, bodies.html FROM messages LEFT JOIN bodies ON message_row = row WHERE row = $key',
    isSound: (row) => typeof row['body'] === 'string' && typeof row['from_address'] === 'string',
  },
  {
    rows: 'SELECT row AS key FROM attachments',
    one: `SELECT size, content, ${PIECES} FROM attachments LEFT JOIN attachment_contents ON attachment_row = row WHERE row = $key`,
    isSound: (row) => row['size'] === (row['pieces'] ?? lengthOf(row['content'])),
  },
  {
    rows: 'SELECT row AS key FROM wire_copies',
    one: `SELECT content, ${PIECES} FROM wire_copies WHERE row = $key`,
    isSound: (row) => Number(row['pieces'] ?? lengthOf(row['content'])) > 0,
  },
  {
    rows: 'SELECT rowid AS key FROM contacts',
    one: 'SELECT * FROM contacts WHERE rowid = $key',
    isSound: (row) => typeof row['address'] === 'string',
  },
];

function readEach(sql: SqlConnection, { rows, one, isSound }: Reading): boolean {
  return sql.all<{ key: number }>(rows).every(({ key }) => {
    const row = sql.get(one, { key });
    return row !== undefined && isSound(row);
  });
}
