import type { HistoryEntry } from '../../../shared/custody';
import { historySentence } from '../../words/history-words';
import { useNow } from '../../parts/use-now';
import type { HolderName } from '../../words/history-words';
import { Spinner } from '../../ui/Spinner';
import { fullDate, timeText } from '../../words/date-text';
import styles from './MessageCard.module.css';

export type HistoryListProps = {
  /** Undefined until it is known, null when it cannot be. */
  readonly entries: readonly HistoryEntry[] | null | undefined;
  readonly holderName: HolderName;
};

/** What happened to one delivery, oldest first, each with its time. */
export const HistoryList = ({ entries, holderName }: HistoryListProps) => {
  const now = useNow(60_000);
  if (entries === undefined) return <Spinner label="Reading the history" />;
  if (entries === null)
    return <p className={styles.historyNote}>The history cannot be read just now. The message is as it was.</p>;
  if (entries.length === 0)
    return <p className={styles.historyNote}>Nothing is known from before the history was kept.</p>;
  return (
    <ol className={styles.historyList} data-testid="history">
      {entries.map((entry, index) => (
        <li
          key={`${String(entry.at)}-${entry.kind}-${String(index)}`}
          data-testid="history-entry"
          data-kind={entry.kind}
        >
          <time dateTime={new Date(entry.at).toISOString()} title={fullDate(entry.at)}>
            {timeText(entry.at, now)}
          </time>
          <span>{historySentence(entry, { now, holderName })}</span>
        </li>
      ))}
    </ol>
  );
};
