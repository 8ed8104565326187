import type { Migration } from '../../sql/migrations';

/** Version 1: identities with their keys, and the settings. */
export const identitiesMigration: Migration = {
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
};
