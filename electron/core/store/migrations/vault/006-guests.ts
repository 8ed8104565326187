import type { Migration } from '../../sql/migrations';

/** Version 6: people without Posthorn who are hosted. Their secret OpenPGP keys are not here. */
export const guestsMigration: Migration = {
  version: 6,
  statements: `
    CREATE TABLE guests (
      row INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      address TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      quota INTEGER NOT NULL CHECK (quota > 0),
      ends_at INTEGER,
      hash TEXT NOT NULL,
      last_used_at INTEGER,
      public_key BLOB,
      fingerprint TEXT,
      certified_at INTEGER,
      renew_after_ms INTEGER,
      onion_seed BLOB NOT NULL UNIQUE CHECK (length(onion_seed) = 32),
      database_key BLOB NOT NULL CHECK (length(database_key) = 32),
      CHECK ((public_key IS NULL) = (fingerprint IS NULL)
        AND (public_key IS NULL) = (certified_at IS NULL) AND (public_key IS NULL) = (renew_after_ms IS NULL))
    );
  `,
};
