import type { RetiredKey } from '../../../shared/key-life';
import { inGroups } from '../../words/format';
import { retiredText } from '../../words/key-life-words';
import styles from './identities.module.css';

/** The old keys that are kept to open old mail, newest first; folded, because there can be many. */
export const RetiredKeys = ({ retired }: { readonly retired: readonly RetiredKey[] }) => {
  if (retired.length === 0) return <p className={styles.faint}>There are no old keys yet.</p>;
  return (
    <details className={styles.retired} data-testid="retired-keys">
      <summary>{retired.length === 1 ? '1 old key' : `${retired.length} old keys`}</summary>
      <ul>
        {retired.map((key) => (
          <li key={key.fingerprint} data-testid="retired-key">
            <span>{retiredText(key)}</span>
            <span className={styles.print}>…{inGroups(key.fingerprint.slice(-16), 4).join(' ')}</span>
          </li>
        ))}
      </ul>
    </details>
  );
};
