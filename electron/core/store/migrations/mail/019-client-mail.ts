import type { Migration } from '../../sql/migrations';

/**
 * Version 19: other mail programs show the mailboxes that are subscribed to (RFC 9051 6.3.7). All are, at first: one
 * that is made in the window is to be seen on the phone.
 */
export const clientMailMigration: Migration = {
  version: 19,
  statements: 'ALTER TABLE mailboxes ADD COLUMN is_subscribed INTEGER NOT NULL DEFAULT 1;',
};
