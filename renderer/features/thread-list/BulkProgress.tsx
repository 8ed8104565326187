import { useBulk } from '../../state/lists/bulk';
import { Button } from '../../ui/Button';
import { ProgressBar } from '../../ui/ProgressBar';
import styles from './ThreadList.module.css';

/** Changes of many messages that are under way, at the foot of the list, with the way to stop them. */
export const BulkProgress = () => {
  const running = useBulk((bulk) => bulk.running);
  if (running.length === 0) return null;
  return (
    <ul className={styles.incoming} aria-label="Changes under way" data-testid="bulk-progress">
      {running.map(({ doing, done, all, stop }, index) => (
        <li key={index}>
          <span className={styles.titleRow}>
            <span className={styles.subject}>
              {doing} · {done} of {all}
            </span>
            <Button onClick={stop}>Stop</Button>
          </span>
          <ProgressBar label={doing} value={(done / all) * 100} />
        </li>
      ))}
    </ul>
  );
};
