import type { Migration } from '../../sql/migrations';

/**
 * Version 21: mailing lists. What members said stands in `list_entries` as they signed it; `list_logs` says how far
 * each log is known, `list_peers` what each member fetched on a day. `is_unfiled`: a post that was not looked at yet.
 */
export const mailingListsMigration: Migration = {
  version: 21,
  statements: `
    CREATE TABLE mailing_lists (
      row INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      standing TEXT NOT NULL,
      mailbox TEXT NOT NULL,
      install TEXT,
      genesis BLOB NOT NULL
    );
    CREATE TABLE list_logs (
      list INTEGER NOT NULL REFERENCES mailing_lists (row) ON DELETE CASCADE,
      author TEXT NOT NULL,
      install TEXT NOT NULL,
      lane TEXT NOT NULL,
      next INTEGER NOT NULL,
      head TEXT NOT NULL,
      last_at INTEGER NOT NULL,
      day INTEGER NOT NULL,
      posts INTEGER NOT NULL,
      octets INTEGER NOT NULL,
      forked_at INTEGER,
      PRIMARY KEY (list, author, install, lane)
    ) WITHOUT ROWID;
    CREATE TABLE list_entries (
      row INTEGER PRIMARY KEY AUTOINCREMENT,
      list INTEGER NOT NULL REFERENCES mailing_lists (row) ON DELETE CASCADE,
      id TEXT NOT NULL,
      author TEXT NOT NULL,
      install TEXT NOT NULL,
      lane TEXT NOT NULL,
      number INTEGER NOT NULL,
      is_unfiled INTEGER NOT NULL,
      statement TEXT NOT NULL,
      signature TEXT NOT NULL,
      body BLOB,
      UNIQUE (list, id)
    );
    CREATE INDEX list_entries_by_log ON list_entries (list, author, install, lane, number);
    CREATE INDEX list_entries_unfiled ON list_entries (row) WHERE is_unfiled = 1;
    CREATE TABLE list_invitations (
      id TEXT PRIMARY KEY,
      is_ours INTEGER NOT NULL,
      state TEXT NOT NULL,
      peer TEXT NOT NULL,
      expires_at INTEGER NOT NULL,
      genesis BLOB NOT NULL
    );
    CREATE TABLE list_peers (
      list INTEGER NOT NULL REFERENCES mailing_lists (row) ON DELETE CASCADE,
      address TEXT NOT NULL,
      day INTEGER NOT NULL,
      octets INTEGER NOT NULL,
      asked_at INTEGER NOT NULL,
      PRIMARY KEY (list, address)
    ) WITHOUT ROWID;
  `,
};
