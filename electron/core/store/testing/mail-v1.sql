-- The schema of version 1 as it was released, frozen. Never edit: it stands for the files that people have.
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

-- One of everything that version 1 could hold.
UPDATE counters SET value = 3 WHERE name = 'sequence';
INSERT INTO messages (row, id, folder, sequence, rfc_message_id, thread_id, in_reply_to, reference_ids, from_address, to_addresses,
  cc_addresses, bcc_addresses, subject, preview, date, stored_at, seen, flagged, answered, attachment_count, size, protection,
  protection_reason, typed_to, typed_cc, typed_bcc, answers_id)
VALUES
  (1, '00000001-0000-4000-8000-000000000000', 'inbox', 1, '<one@b>', '<one@b>', NULL, '[]', 'bob@bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.onion', '["alice@aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.onion"]',
   '[]', '[]', 'Harvest', 'The apples are in.', 1790000000000, 1790000000001, 0, 1, 1, 1, 2000, 'verified', 'ok', NULL, NULL, NULL, NULL),
  (2, '00000002-0000-4000-8000-000000000000', 'outbox', 2, '<two@a>', '<one@b>', '<one@b>', '["<one@b>"]', 'alice@aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.onion', '["bob@bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.onion"]',
   '[]', '[]', 'Re: Harvest', 'Well done.', 1790000000002, 1790000000002, 1, 0, 0, 0, 3, 'own', 'own', NULL, NULL, NULL, '00000001-0000-4000-8000-000000000000'),
  (3, '00000003-0000-4000-8000-000000000000', 'drafts', 3, NULL, '00000003-0000-4000-8000-000000000000', NULL, '[]', 'alice@aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.onion', '[]',
   '[]', '[]', 'Cider', 'Shall we', 1790000000003, 1790000000003, 1, 0, 0, 0, 8, 'own', 'own', '["bo"]', '[]', '[]', NULL);
INSERT INTO bodies (message_row, text, html) VALUES (1, 'The apples are in.', '<p>in</p>'), (2, 'Well done.', NULL), (3, 'Shall we', NULL);
INSERT INTO attachments (row, message_row, id, filename, content_type, content_id, inline, size)
VALUES (1, 1, '00000004-0000-4000-8000-000000000000', 'list.txt', 'text/plain', NULL, 0, 3);
INSERT INTO attachment_contents (attachment_row, content) VALUES (1, x'010203');
INSERT INTO wire_copies (row, message_row, is_raw, content) VALUES (1, 1, 1, x'726177'), (2, 2, 1, x'0a0b0c');
INSERT INTO deliveries (row, message_row, id, recipient, state, reason, attempts, next_try_at, delivered_at, expires_at, wire_copy_row)
VALUES (1, 2, '00000005-0000-4000-8000-000000000000', 'bob@bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.onion', 'recipient-offline', 'offline', 3, 1790000060000, NULL, 1791000000000, 2);
INSERT INTO seen_message_ids (from_address, rfc_message_id) VALUES ('bob@bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.onion', '<one@b>'), ('bob@bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.onion', '<deleted@b>');
INSERT INTO contacts (id, address, name, key_state, fingerprint, certified_at, public_key, blocked, added_at)
VALUES ('00000006-0000-4000-8000-000000000000', 'bob@bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.onion', 'Bob', 'certified', 'CDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCD', 1790000000000, x'090807', 0, 1790000000000);
INSERT INTO certifications (address, certified_at) VALUES ('bob@bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.onion', 1790000000000);
INSERT INTO messages_fts (rowid, subject, body, addresses, attachments)
SELECT m.row, m.subject, b.text, m.from_address, CASE m.row WHEN 1 THEN 'list.txt' ELSE '' END FROM messages m JOIN bodies b ON b.message_row = m.row;
