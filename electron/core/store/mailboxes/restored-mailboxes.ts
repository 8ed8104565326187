import type { SqlConnection } from '../sql/sql-connection';

/** 2026-01-01 in seconds. A mailbox that gets less than a message a second does not overtake the clock. */
const FIRST_SECOND = 1_767_225_600;
/** More than what comes into one mailbox at once. */
const ROOM = 1_048_576;

/**
 * Makes a mail database that was copied some time ago fit to be the one that mail programs know. Between the copy and
 * today UIDs and MODSEQs were given that it knows nothing of: new ones lie above them, and what changed or went since
 * any MODSEQ of a program is said to be forgotten, so that it reads everything anew. UIDs of what is in it stay.
 */
export function renewModseqs(sql: SqlConnection): void {
  sql.exec(`
    BEGIN IMMEDIATE;
    UPDATE counters SET value = max(value + 1, unixepoch() * 1000000) WHERE name = 'modseq';
    UPDATE messages SET modseq = (SELECT value FROM counters WHERE name = 'modseq') WHERE uid IS NOT NULL;
    UPDATE mailboxes SET
      uid_next = max(uid_next, unixepoch() - ${FIRST_SECOND}) + ${ROOM},
      highest_modseq = (SELECT value FROM counters WHERE name = 'modseq'),
      forgotten_modseq = (SELECT value FROM counters WHERE name = 'modseq'),
      expunged = 0;
    DELETE FROM expunged;
    COMMIT;`);
}
