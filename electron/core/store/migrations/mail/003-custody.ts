import type { Migration } from '../../sql/migrations';

/**
 * Version 3: holders, receipts, the history of messages, control messages, private identities (PROTOCOL.md 10).
 * Octets are kept in tables of their own, or last in their row, so that nothing that counts or lists reads them.
 * Parents come before what refers to them: a copy without mail fills tables in this order.
 */
export const custodyMigration: Migration = {
  version: 3,
  statements: `
    ALTER TABLE messages ADD COLUMN kind TEXT NOT NULL DEFAULT 'mail' CHECK (kind IN ('mail', 'note'));
    ALTER TABLE messages ADD COLUMN dropped_attachments INTEGER;
    ALTER TABLE parcels ADD COLUMN note TEXT;
    ALTER TABLE parcels ADD COLUMN note_topic TEXT;
    CREATE INDEX parcels_by_topic ON parcels (note_topic) WHERE note_topic IS NOT NULL;
    ALTER TABLE deliveries ADD COLUMN tried_ms INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE deliveries ADD COLUMN last_try_at INTEGER;
    ALTER TABLE deliveries ADD COLUMN read_at INTEGER;
    ALTER TABLE contacts ADD COLUMN sends_read_receipts INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE contacts ADD COLUMN learns_holders INTEGER NOT NULL DEFAULT 1;

    CREATE TABLE agreements (
      row INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      role TEXT NOT NULL CHECK (role IN ('client', 'holder')),
      peer TEXT NOT NULL,
      state TEXT NOT NULL,
      agreed TEXT NOT NULL,
      quota_bytes INTEGER NOT NULL,
      client_signature TEXT NOT NULL,
      holder_signature TEXT,
      asked_at INTEGER NOT NULL,
      ended_at INTEGER,
      ended_by TEXT,
      reached_at INTEGER,
      tokens_issued_at INTEGER,
      tokens_listed_at INTEGER,
      handed_over INTEGER NOT NULL,
      faults TEXT NOT NULL,
      renews TEXT
    );
    CREATE INDEX agreements_by_peer ON agreements (peer, role);

    CREATE TABLE open_tokens (
      agreement_id TEXT NOT NULL REFERENCES agreements (id) ON DELETE CASCADE,
      hash BLOB NOT NULL,
      PRIMARY KEY (agreement_id, hash)
    ) WITHOUT ROWID;
    CREATE TABLE used_tokens (
      row INTEGER PRIMARY KEY,
      agreement_id TEXT NOT NULL REFERENCES agreements (id) ON DELETE CASCADE,
      hash BLOB NOT NULL,
      custody_id TEXT NOT NULL,
      digest TEXT NOT NULL,
      size INTEGER NOT NULL,
      held_at INTEGER NOT NULL,
      held_until INTEGER NOT NULL,
      signature TEXT NOT NULL,
      UNIQUE (hash, agreement_id)
    );
    CREATE INDEX used_tokens_by_agreement ON used_tokens (agreement_id);

    CREATE TABLE held_mail (
      row INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      agreement_id TEXT NOT NULL REFERENCES agreements (id) ON DELETE CASCADE,
      size INTEGER NOT NULL,
      digest TEXT NOT NULL,
      held_at INTEGER NOT NULL,
      held_until INTEGER NOT NULL,
      signature TEXT NOT NULL,
      attempts INTEGER NOT NULL,
      kept_ms INTEGER NOT NULL
    );
    CREATE INDEX held_mail_by_agreement ON held_mail (agreement_id, size);
    CREATE TABLE held_contents (
      held_row INTEGER PRIMARY KEY REFERENCES held_mail (row) ON DELETE CASCADE,
      content BLOB
    );

    CREATE TABLE token_seeds (
      contact_id TEXT PRIMARY KEY REFERENCES contacts (id) ON DELETE CASCADE,
      seed BLOB NOT NULL,
      first_number INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE token_numbers (
      contact_id TEXT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
      holder TEXT NOT NULL,
      next_number INTEGER NOT NULL,
      PRIMARY KEY (contact_id, holder)
    ) WITHOUT ROWID;
    CREATE TABLE cards_sent (
      contact_id TEXT PRIMARY KEY REFERENCES contacts (id) ON DELETE CASCADE,
      content TEXT NOT NULL
    ) WITHOUT ROWID;

    CREATE TABLE holder_cards (
      contact_id TEXT PRIMARY KEY REFERENCES contacts (id) ON DELETE CASCADE,
      issued_at INTEGER NOT NULL,
      holder_count INTEGER NOT NULL,
      card TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE contact_holders (
      contact_id TEXT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
      holder TEXT NOT NULL,
      next_token INTEGER NOT NULL DEFAULT 0,
      accepted INTEGER NOT NULL DEFAULT 0,
      rests_until INTEGER,
      PRIMARY KEY (contact_id, holder)
    ) WITHOUT ROWID;
    CREATE TABLE holder_counters (
      contact_id TEXT PRIMARY KEY REFERENCES contacts (id) ON DELETE CASCADE,
      value INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE delivery_counters (
      delivery_row INTEGER PRIMARY KEY REFERENCES deliveries (row) ON DELETE CASCADE,
      contact_id TEXT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
      counter INTEGER NOT NULL
    );
    CREATE INDEX delivery_counters_by_contact ON delivery_counters (contact_id, counter);

    CREATE TABLE custodies (
      row INTEGER PRIMARY KEY,
      delivery_row INTEGER NOT NULL REFERENCES deliveries (row) ON DELETE CASCADE,
      holder TEXT NOT NULL,
      token TEXT NOT NULL,
      number INTEGER NOT NULL,
      contact_id TEXT,
      state TEXT NOT NULL CHECK (state IN ('sending', 'held', 'refused')),
      held_until INTEGER,
      receipt TEXT,
      envelope BLOB,
      UNIQUE (delivery_row, holder)
    );
    CREATE TABLE free_tokens (
      contact_id TEXT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
      holder TEXT NOT NULL,
      number INTEGER NOT NULL,
      PRIMARY KEY (contact_id, holder, number)
    ) WITHOUT ROWID;
    CREATE TRIGGER custodies_free_tokens AFTER DELETE ON custodies
      WHEN OLD.state = 'sending' AND EXISTS (SELECT 1 FROM contacts WHERE id = OLD.contact_id)
      BEGIN INSERT OR IGNORE INTO free_tokens (contact_id, holder, number) VALUES (OLD.contact_id, OLD.holder, OLD.number); END;
    CREATE INDEX custodies_held ON custodies (delivery_row, held_until) WHERE held_until IS NOT NULL;

    CREATE TABLE envelope_counters (
      contact_id TEXT PRIMARY KEY REFERENCES contacts (id) ON DELETE CASCADE,
      counter INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE missing_mail (
      row INTEGER PRIMARY KEY,
      contact_id TEXT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
      rfc_message_id TEXT NOT NULL,
      holder TEXT,
      since INTEGER NOT NULL,
      dismissed INTEGER NOT NULL DEFAULT 0,
      UNIQUE (contact_id, rfc_message_id)
    );

    CREATE TABLE message_history (
      row INTEGER PRIMARY KEY,
      message_row INTEGER NOT NULL REFERENCES messages (row) ON DELETE CASCADE,
      delivery_row INTEGER NOT NULL REFERENCES deliveries (row) ON DELETE CASCADE,
      at INTEGER NOT NULL,
      kind TEXT NOT NULL,
      reason TEXT,
      holder TEXT,
      held_until INTEGER,
      times INTEGER
    );
    CREATE INDEX message_history_by_message ON message_history (message_row);
    CREATE INDEX message_history_by_delivery ON message_history (delivery_row);
    INSERT INTO message_history (message_row, delivery_row, at, kind)
      SELECT m.row, d.row, m.date, 'queued' FROM deliveries d JOIN messages m ON m.row = d.message_row ORDER BY d.row;
    INSERT INTO message_history (message_row, delivery_row, at, kind)
      SELECT message_row, row, delivered_at, 'accepted' FROM deliveries WHERE state = 'delivered' AND delivered_at IS NOT NULL ORDER BY row;

    CREATE TABLE own_doors (
      row INTEGER PRIMARY KEY,
      seed BLOB NOT NULL UNIQUE
    );
    CREATE TABLE admissions (
      contact_id TEXT PRIMARY KEY REFERENCES contacts (id) ON DELETE CASCADE,
      door_row INTEGER NOT NULL REFERENCES own_doors (row) ON DELETE CASCADE,
      secret BLOB NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX admissions_by_door ON admissions (door_row);
    CREATE TABLE doors_to_contacts (
      contact_id TEXT PRIMARY KEY REFERENCES contacts (id) ON DELETE CASCADE,
      issued_at INTEGER NOT NULL,
      onion TEXT,
      auth_key BLOB
    ) WITHOUT ROWID;
    CREATE TABLE switches (name TEXT PRIMARY KEY, is_on INTEGER NOT NULL) WITHOUT ROWID;
  `,
};
