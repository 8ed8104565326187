import type { Migration } from '../sql/migrations';

/**
 * The vault: every secret of every identity. `removals` names identities whose keys are gone and whose files may be
 * left; the row of `wipes` says that a secret was deleted whose traces may still be in free pages or in the log.
 */
export const vaultMigrations: readonly Migration[] = [
  {
    version: 1,
    statements: `
      CREATE TABLE identities (
        row INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        address TEXT NOT NULL UNIQUE,
        label TEXT NOT NULL,
        colour TEXT NOT NULL,
        paused INTEGER NOT NULL,
        created_at INTEGER NOT NULL,
        onion_seed BLOB NOT NULL,
        secret_key BLOB NOT NULL,
        public_key BLOB NOT NULL,
        fingerprint TEXT NOT NULL,
        certified_at INTEGER NOT NULL,
        database_key BLOB NOT NULL
      );
      CREATE TABLE removals (id TEXT PRIMARY KEY) WITHOUT ROWID;
      CREATE TABLE settings (id INTEGER PRIMARY KEY CHECK (id = 1), json TEXT NOT NULL);
    `,
  },
  {
    version: 2,
    statements: `
      ALTER TABLE identities ADD COLUMN key_policy TEXT NOT NULL DEFAULT '{"rotateEveryDays":180,"keepOldDays":0}';
      ALTER TABLE identities ADD COLUMN subkey_made_at INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE identities ADD COLUMN revoked INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE identities ADD COLUMN shows_vouchers INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE identities ADD COLUMN may_be_elsewhere INTEGER NOT NULL DEFAULT 0;
      UPDATE identities SET subkey_made_at = created_at;

      CREATE TABLE retired_keys (
        row INTEGER PRIMARY KEY,
        identity_id TEXT NOT NULL REFERENCES identities (id) ON DELETE CASCADE,
        fingerprint TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('subkey', 'key')),
        retired_at INTEGER NOT NULL,
        secret_key BLOB NOT NULL,
        public_key BLOB
      );
      CREATE INDEX retired_keys_by_identity ON retired_keys (identity_id);
      CREATE TABLE wipes (id INTEGER PRIMARY KEY CHECK (id = 1));
    `,
  },
];
