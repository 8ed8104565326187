import type { Migration } from '../../sql/migrations';

/**
 * Version 2: the ring of keys, scan codes and what travels inside a seal. Standings of version 1 are what its key
 * states come to while nobody has been verified.
 */
export const trustMigration: Migration = {
  version: 2,
  statements: `
    ALTER TABLE contacts ADD COLUMN standing TEXT NOT NULL DEFAULT '{"kind":"no-key","verified":false}';
    ALTER TABLE contacts ADD COLUMN verification TEXT;
    ALTER TABLE contacts ADD COLUMN introducer TEXT;
    ALTER TABLE contacts ADD COLUMN scanned_you_at INTEGER;
    ALTER TABLE contacts ADD COLUMN move_notice TEXT;
    UPDATE contacts SET standing = CASE key_state
      WHEN 'certified' THEN '{"kind":"unverified","vouchedBy":[]}'
      WHEN 'changed' THEN json_object('kind', 'changed', 'at', coalesce(certified_at, added_at),
        'continuity', json('false'), 'wasVerified', json('false'))
      WHEN 'expired' THEN '{"kind":"expired"}'
      WHEN 'revoked' THEN '{"kind":"revoked"}'
      ELSE standing END;

    ALTER TABLE messages ADD COLUMN introduced_by TEXT;

    CREATE TABLE ring_keys (
      row INTEGER PRIMARY KEY,
      fingerprint TEXT NOT NULL UNIQUE,
      address TEXT NOT NULL,
      key_id TEXT NOT NULL,
      certified_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      revoked INTEGER NOT NULL,
      seen_at INTEGER NOT NULL,
      validity TEXT NOT NULL DEFAULT 'unknown',
      path TEXT NOT NULL DEFAULT '[]',
      public_key BLOB NOT NULL
    );
    CREATE INDEX ring_keys_by_address ON ring_keys (address, certified_at);

    CREATE TABLE ring_certifications (
      row INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      subject TEXT NOT NULL,
      issuer TEXT,
      issuer_key_id TEXT NOT NULL,
      verified INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('certification', 'revocation')),
      level INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      expires_at INTEGER,
      trust_depth INTEGER,
      trust_amount INTEGER,
      trust_regex TEXT,
      exportable INTEGER NOT NULL,
      body BLOB NOT NULL,
      CHECK (verified = 0 OR issuer IS NOT NULL)
    );
    CREATE INDEX ring_certifications_by_subject ON ring_certifications (subject, verified, created_at);
    CREATE INDEX ring_certifications_by_issuer ON ring_certifications (issuer);
    CREATE INDEX ring_certifications_unverified ON ring_certifications (issuer_key_id) WHERE verified = 0 AND issuer IS NULL;
    CREATE INDEX ring_certifications_verified ON ring_certifications (id, issuer, subject, kind, level, created_at, expires_at,
      trust_depth, trust_amount, trust_regex, exportable) WHERE verified = 1;

    CREATE TABLE scan_codes (hash TEXT PRIMARY KEY, expires_at INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE codes_to_send (
      contact_id TEXT PRIMARY KEY REFERENCES contacts (id) ON DELETE CASCADE,
      code TEXT NOT NULL
    ) WITHOUT ROWID;

    CREATE TABLE parcels (
      message_row INTEGER PRIMARY KEY REFERENCES messages (row) ON DELETE CASCADE,
      moved_to TEXT
    );
    CREATE TABLE parcel_keys (
      row INTEGER PRIMARY KEY,
      message_row INTEGER NOT NULL REFERENCES parcels (message_row) ON DELETE CASCADE,
      public_key BLOB NOT NULL
    );
    CREATE INDEX parcel_keys_by_message ON parcel_keys (message_row);

    CREATE TABLE replaced_keys (
      row INTEGER PRIMARY KEY,
      address TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      replaced_at INTEGER NOT NULL,
      public_key BLOB NOT NULL,
      UNIQUE (address, fingerprint)
    );
    CREATE INDEX replaced_keys_by_fingerprint ON replaced_keys (fingerprint);
  `,
};
