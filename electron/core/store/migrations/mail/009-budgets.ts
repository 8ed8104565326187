import type { Migration } from '../../sql/migrations';

/**
 * Version 9: what a message costs on the disk, so that strangers have a budget in octets; of those from before it is
 * guessed. Ids of strangers' mail have an order, in which the oldest are forgotten.
 */
export const budgetsMigration: Migration = {
  version: 9,
  statements: `
    ALTER TABLE messages ADD COLUMN disk_octets INTEGER NOT NULL DEFAULT 0;
    UPDATE messages SET disk_octets = 5 * size WHERE folder = 'requests';
    CREATE INDEX messages_in_requests ON messages (disk_octets) WHERE folder = 'requests' AND kind = 'mail';
    ALTER TABLE seen_message_ids ADD COLUMN stranger_order INTEGER;
    CREATE INDEX seen_of_strangers ON seen_message_ids (stranger_order) WHERE stranger_order IS NOT NULL;
  `,
};
