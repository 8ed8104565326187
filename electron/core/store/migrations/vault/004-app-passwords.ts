import type { Migration } from '../../sql/migrations';

/** Version 4: other mail programs that may log in, and for which identities. */
export const appPasswordsMigration: Migration = {
  version: 4,
  statements: `
    CREATE TABLE app_passwords (
      row INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      kind TEXT NOT NULL,
      form TEXT NOT NULL CHECK (form IN ('unsealed', 'sealed')),
      created_at INTEGER NOT NULL,
      last_used_at INTEGER,
      hash TEXT NOT NULL
    );
    CREATE TABLE app_password_identities (
      program_id TEXT NOT NULL REFERENCES app_passwords (id) ON DELETE CASCADE,
      identity_id TEXT NOT NULL REFERENCES identities (id) ON DELETE CASCADE,
      PRIMARY KEY (program_id, identity_id)
    ) WITHOUT ROWID;
    CREATE INDEX app_password_identities_by_identity ON app_password_identities (identity_id);
  `,
};
