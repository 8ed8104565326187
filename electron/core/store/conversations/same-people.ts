import type { MailAddress } from '../../../../shared/ids';
import { MAX_MOVES_OF_ONE } from '../../domain/limits';
import type { SamePerson } from '../../domain/threading';
import type { SqlConnection } from '../sql/sql-connection';

/** All mailboxes of one person, by the moves that were followed; those of each person are read once. */
export function samePeople(sql: SqlConnection): SamePerson {
  const known = new Map<MailAddress, readonly MailAddress[]>();
  return (mailbox) => {
    const before = known.get(mailbox);
    if (before) return before;
    const rows = sql.all<{ mailbox: MailAddress }>(SELECT_SAME, { mailbox, limit: MAX_MOVES_OF_ONE });
    const all = rows.map((row) => row.mailbox);
    known.set(mailbox, all);
    return all;
  };
}

const SELECT_SAME = `
  WITH RECURSIVE same (mailbox) AS (
    SELECT $mailbox
    UNION SELECT m.mailbox FROM same s JOIN moves m ON m.left_mailbox = s.mailbox
    UNION SELECT m.left_mailbox FROM same s JOIN moves m ON m.mailbox = s.mailbox
    LIMIT $limit)
  SELECT mailbox FROM same`;
