import { PosthornError } from '../../../../shared/errors';
import type { ServedMail } from '../../ports/storage/served-mail';
import type { StoreParts } from '../sql/store-parts';
import type { Emit } from '../sql/transaction';
import { placedAt } from './copy-messages';

type Parts = Pick<StoreParts, 'sql' | 'identityId'>;

/** Deletes messages for ever and tells of each. Answers the UIDs of those that were there. */
export function expungeMessages(
  { sql, identityId }: Parts,
  o: Parameters<ServedMail['expunge']>[0],
  emit: Emit,
): number[] {
  const found = placedAt(sql, o);
  if (found.some(({ folder }) => folder === 'outbox')) throw beingSent();
  const gone = o.onlyDeleted === true ? found.filter(({ deleted }) => deleted === 1) : found;
  const rows = JSON.stringify(gone.map(({ row }) => row));
  sql.run('DELETE FROM messages WHERE row IN (SELECT value FROM json_each($rows))', { rows });
  for (const { id } of gone) emit({ type: 'message.removed', identityId, messageId: id });
  return gone.map(({ uid }) => uid);
}

export function beingSent(): PosthornError {
  return new PosthornError('mailbox-refused', 'What is on its way can only be cancelled. Nothing was changed.');
}
