import { closeSync, openSync, statSync } from 'node:fs';
import { PosthornError } from '../../../../shared/errors';
import type { Migration } from './migrations';
import { migrate } from './migrations';
import type { SqlConnection } from './sql-connection';
import { connect } from './sql-connection';
import { toStoreError } from './store-error';
import { BUSY_TIMEOUT_MS, WAL_LIMIT_BYTES } from './trim-log';

export const DATABASE_KEY_BYTES = 32;

/** SQLCipher 4 writes whole pages of this size; a shorter file lost its end. */
const PAGE_BYTES = 4_096;

export type OpenDatabase = {
  readonly path: string;
  /** 32 random octets; used as they are, without a passphrase derivation. */
  readonly key: Uint8Array;
  readonly migrations: readonly Migration[];
  /** `existing` refuses a missing or empty file, which would otherwise become a new, empty database without a word. */
  readonly mode: 'create' | 'existing';
  /** Called before an older file is brought up to date, which can take minutes. */
  readonly migrating?: (() => void) | undefined;
};

/**
 * Opens an encrypted database (SQLCipher 4 defaults: AES-256-CBC and HMAC-SHA512 for each page) and brings its schema
 * up to date. Throws `store-damaged` for a wrong key and a damaged file, which is left untouched, and `disk-full`.
 */
export function openDatabase({ migrations, migrating, ...o }: OpenDatabase): SqlConnection {
  const sql = openAsItIs(o);
  try {
    migrate(sql, migrations, migrating);
    return sql;
  } catch (error) {
    sql.close();
    throw error;
  }
}

/** The same, with the schema that it has. */
export function openAsItIs({ path, key, mode }: Pick<OpenDatabase, 'path' | 'key' | 'mode'>): SqlConnection {
  if (key.length !== DATABASE_KEY_BYTES)
    throw new PosthornError('internal', 'A database key has the wrong length. Nothing was changed.');
  if (mode === 'create') createPrivateFile(path);
  else requireWholeFile(path);
  const sql = connect(path);
  try {
    unlock(sql, key);
    configure(sql);
    return sql;
  } catch (error) {
    sql.close();
    throw error;
  }
}

function createPrivateFile(path: string): void {
  try {
    closeSync(openSync(path, 'a', 0o600));
  } catch (error) {
    throw toStoreError(error);
  }
}

function requireWholeFile(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size < PAGE_BYTES) {
    throw new PosthornError(
      'store-damaged',
      'A file that holds this mail is missing or cut short. Nothing was changed; restore it from a backup.',
    );
  }
}

/**
 * The key enters SQL as hex text; V8 strings cannot be wiped, so a short-lived copy stays until it is collected.
 * `cipher_memory_security` stays off: it wipes every allocation of the whole process and made searches up to nine times
 * slower.
 */
function unlock(sql: SqlConnection, key: Uint8Array): void {
  sql.exec('PRAGMA cipher_log_level = NONE');
  sql.exec(`PRAGMA key = "x'${Buffer.from(key).toString('hex')}'"`);
  // Reads page 1, so that a wrong key is known before anything could write.
  sql.get('SELECT count(*) AS tables FROM sqlite_master');
}

function configure(sql: SqlConnection): void {
  sql.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA fullfsync = ON;
    PRAGMA checkpoint_fullfsync = ON;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA trusted_schema = OFF;
    PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS};
    PRAGMA journal_size_limit = ${WAL_LIMIT_BYTES};
  `);
}
