import type { Migration } from '../../sql/migrations';

/** Version 1: messages, their deliveries, contacts and the search index. */
export const messagesMigration: Migration = {
  version: 1,
  statements: `
    CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
    INSERT INTO counters (name, value) VALUES ('sequence', 0);

    CREATE TABLE messages (
      row INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      folder TEXT NOT NULL CHECK (folder IN ('inbox', 'requests', 'drafts', 'outbox', 'sent', 'archive', 'trash')),
      sequence INTEGER NOT NULL UNIQUE,
      rfc_message_id TEXT,
      thread_id TEXT NOT NULL,
      in_reply_to TEXT,
      reference_ids TEXT NOT NULL DEFAULT '[]',
      from_address TEXT NOT NULL,
      to_addresses TEXT NOT NULL,
      cc_addresses TEXT NOT NULL,
      bcc_addresses TEXT NOT NULL,
      subject TEXT NOT NULL,
      preview TEXT NOT NULL,
      date INTEGER NOT NULL,
      stored_at INTEGER NOT NULL,
      seen INTEGER NOT NULL,
      flagged INTEGER NOT NULL DEFAULT 0,
      answered INTEGER NOT NULL DEFAULT 0,
      attachment_count INTEGER NOT NULL,
      size INTEGER NOT NULL,
      protection TEXT NOT NULL,
      protection_reason TEXT NOT NULL,
      typed_to TEXT,
      typed_cc TEXT,
      typed_bcc TEXT,
      answers_id TEXT
    );
    CREATE INDEX messages_by_folder ON messages (folder, sequence);
    CREATE INDEX messages_by_thread ON messages (thread_id, sequence);
    CREATE INDEX messages_by_rfc_id ON messages (rfc_message_id, sequence);
    CREATE INDEX messages_by_sender ON messages (from_address, folder, sequence);
    CREATE INDEX messages_unseen ON messages (folder) WHERE seen = 0;

    CREATE TABLE bodies (
      message_row INTEGER PRIMARY KEY REFERENCES messages (row) ON DELETE CASCADE,
      text TEXT NOT NULL,
      html TEXT
    );

    CREATE TABLE attachments (
      row INTEGER PRIMARY KEY,
      message_row INTEGER NOT NULL REFERENCES messages (row) ON DELETE CASCADE,
      id TEXT NOT NULL,
      filename TEXT NOT NULL,
      content_type TEXT NOT NULL,
      content_id TEXT,
      inline INTEGER NOT NULL,
      size INTEGER NOT NULL,
      UNIQUE (message_row, id)
    );
    CREATE TABLE attachment_contents (
      attachment_row INTEGER PRIMARY KEY REFERENCES attachments (row) ON DELETE CASCADE,
      content BLOB
    );

    CREATE TABLE wire_copies (
      row INTEGER PRIMARY KEY,
      message_row INTEGER NOT NULL REFERENCES messages (row) ON DELETE CASCADE,
      is_raw INTEGER NOT NULL,
      content BLOB
    );
    CREATE INDEX wire_copies_by_message ON wire_copies (message_row, is_raw);

    CREATE TABLE deliveries (
      row INTEGER PRIMARY KEY,
      message_row INTEGER NOT NULL REFERENCES messages (row) ON DELETE CASCADE,
      id TEXT NOT NULL UNIQUE,
      recipient TEXT NOT NULL,
      state TEXT NOT NULL,
      reason TEXT NOT NULL,
      attempts INTEGER NOT NULL,
      next_try_at INTEGER,
      delivered_at INTEGER,
      expires_at INTEGER NOT NULL,
      wire_copy_row INTEGER REFERENCES wire_copies (row) ON DELETE SET NULL
    );
    CREATE INDEX deliveries_by_message ON deliveries (message_row);
    CREATE INDEX deliveries_by_wire_copy ON deliveries (wire_copy_row);
    CREATE INDEX deliveries_unfinished ON deliveries (message_row) WHERE state NOT IN ('delivered', 'failed', 'cancelled');

    CREATE TABLE seen_message_ids (
      from_address TEXT NOT NULL,
      rfc_message_id TEXT NOT NULL,
      PRIMARY KEY (from_address, rfc_message_id)
    ) WITHOUT ROWID;

    CREATE TABLE contacts (
      id TEXT PRIMARY KEY,
      address TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      key_state TEXT NOT NULL,
      fingerprint TEXT,
      certified_at INTEGER,
      public_key BLOB,
      blocked INTEGER NOT NULL,
      added_at INTEGER NOT NULL
    );
    CREATE TABLE certifications (address TEXT PRIMARY KEY, certified_at INTEGER NOT NULL) WITHOUT ROWID;

    CREATE VIRTUAL TABLE messages_fts USING fts5 (
      subject, body, addresses, attachments, tokenize = 'unicode61 remove_diacritics 2'
    );
    INSERT INTO messages_fts (messages_fts, rank) VALUES ('secure-delete', 1);
  `,
};
