import type { Migration } from '../../sql/migrations';

/** Version 5: phones and other computers that come in by onions of their own, and for which identities. */
export const devicesMigration: Migration = {
  version: 5,
  statements: `
    CREATE TABLE devices (
      row INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      kind TEXT NOT NULL,
      form TEXT NOT NULL CHECK (form IN ('unsealed', 'sealed')),
      created_at INTEGER NOT NULL,
      last_used_at INTEGER,
      hash TEXT NOT NULL,
      client_key TEXT NOT NULL,
      onion_seed BLOB NOT NULL UNIQUE CHECK (length(onion_seed) = 32)
    );
    CREATE TABLE device_identities (
      device_id TEXT NOT NULL REFERENCES devices (id) ON DELETE CASCADE,
      identity_id TEXT NOT NULL REFERENCES identities (id) ON DELETE CASCADE,
      PRIMARY KEY (device_id, identity_id)
    ) WITHOUT ROWID;
    CREATE INDEX device_identities_by_identity ON device_identities (identity_id);
  `,
};
