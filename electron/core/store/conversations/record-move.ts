import type { MailAddress } from '../../../../shared/ids';
import type { StoreParts } from '../sql/store-parts';
import type { Emit } from '../sql/transaction';
import { rejoinConversations } from './join-conversations';

/** Letters from a new address that came before the person followed the move, and are looked at once more. */
const MAX_EARLY_LETTERS = 200;

/**
 * Notes that somebody has moved, which the person has accepted, and puts what has come from the new address already
 * into the conversations that it answers. Both are mailboxes, without tags. Call it in a transaction.
 */
export function recordMove(
  parts: Pick<StoreParts, 'sql' | 'identityId'>,
  { from, to }: { readonly from: MailAddress; readonly to: MailAddress },
  emit: Emit,
): void {
  const { sql } = parts;
  sql.run(PUT_MOVE, { from, to });
  const at = to.lastIndexOf('@');
  const tagged = { tagged: `${to.slice(0, at)}+`, host: to.slice(at) };
  for (const { row } of sql.all<{ row: number }>(EARLY_LETTERS, { to, ...tagged, limit: MAX_EARLY_LETTERS }))
    rejoinConversations(parts, row, emit);
}

const PUT_MOVE =
  'INSERT INTO moves (left_mailbox, mailbox) VALUES ($from, $to) ON CONFLICT DO UPDATE SET mailbox = $to';

const EARLY_LETTERS = `
  SELECT row FROM mail WHERE protection <> 'own' AND (from_address = $to
    OR (substr(from_address, 1, length($tagged)) = $tagged AND substr(from_address, -length($host)) = $host))
  ORDER BY sequence DESC LIMIT $limit`;
