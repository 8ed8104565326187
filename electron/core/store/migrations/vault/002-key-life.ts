import type { Migration } from '../../sql/migrations';

/** Version 2: what happens to keys in time, and the secrets that were retired. */
export const keyLifeMigration: Migration = {
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
};
