import type { Migration } from '../../sql/migrations';

/** Small letters of ASCII, as far as a list is sorted by it. `subjectKey` of shared/lists/list-view.ts is the same. */
const START = 'lower(substr(subject, 1, 80))';

/** Without the sign of an answer or of something forwarded. */
const SUBJECT_KEY = `CASE
  WHEN substr(${START}, 1, 3) IN ('re:', 'aw:', 'wg:', 'fw:') THEN ltrim(substr(${START}, 4), ' ')
  WHEN substr(${START}, 1, 4) = 'fwd:' THEN ltrim(substr(${START}, 5), ' ')
  ELSE ${START} END`;

const listed = (name: string, condition: string): string => `
  CREATE INDEX messages_listed_${name} ON messages (mailbox, ordered_at, sequence) WHERE ${condition} AND kind = 'mail';`;

/**
 * Version 17: lists can be sorted by sender, subject and size, and filtered, and each is read along an index of its
 * own. Of one sender, subject or size the newest stand first.
 */
export const sortedListsMigration: Migration = {
  version: 17,
  weight: 17,
  statements: `
    ALTER TABLE messages ADD COLUMN subject_key TEXT NOT NULL AS (${SUBJECT_KEY}) VIRTUAL;
    CREATE INDEX messages_sorted_by_sender ON messages (mailbox, from_address, ordered_at DESC, sequence DESC);
    CREATE INDEX messages_sorted_by_subject ON messages (mailbox, subject_key, ordered_at DESC, sequence DESC);
    CREATE INDEX messages_sorted_by_size ON messages (mailbox, size, ordered_at DESC, sequence DESC);
    ${listed('unread', 'seen = 0')}
    ${listed('flagged', 'flagged = 1')}
    ${listed('files', 'attachment_count > 0')}
    ${listed('verified', `protection = 'verified'`)}
  `,
};
