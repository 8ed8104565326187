import type { ThreadRow } from '../../state/lists/thread-rows';
import { isLate } from '../../../shared/arrival/late-mail';
import { lateWords } from '../../words/arrival/late-words';
import styles from './ThreadList.module.css';

/** Says of unread mail that it came long after it was written, since it does not stand where new mail is looked for. */
export const LateMark = ({ row, now }: { readonly row: ThreadRow; readonly now: number }) => {
  const late = row.messages.find((message) => !message.seen && isLate(message));
  if (!late) return null;
  return (
    <span className={styles.late} data-testid="row-late">
      {lateWords(late, now)}
    </span>
  );
};
