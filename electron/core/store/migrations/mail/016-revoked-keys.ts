import type { Migration } from '../../sql/migrations';

/**
 * Version 16: keys that were once seen revoked, with those that are in no ring, are remembered by themselves;
 * certifications that nobody has verified can be counted; and it is known which mail carries the code of a card.
 */
export const revokedKeysMigration: Migration = {
  version: 16,
  statements: `
    CREATE TABLE revoked_keys (
      row INTEGER PRIMARY KEY AUTOINCREMENT,
      address TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      seen_at INTEGER NOT NULL,
      UNIQUE (address, fingerprint)
    );
    INSERT INTO revoked_keys (address, fingerprint, seen_at)
      SELECT address, fingerprint, coalesce(revoked_at, seen_at) FROM ring_keys WHERE revoked = 1 ORDER BY row;
    CREATE INDEX ring_certifications_waiting ON ring_certifications (subject, created_at) WHERE verified = 0;
    ALTER TABLE deliveries ADD COLUMN scan_code TEXT;
  `,
};
