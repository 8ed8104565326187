import { createPortal } from 'react-dom';
import { inGroups } from '../../words/format';
import styles from './PrintedPaperKey.module.css';

export type PrintedPaperKeyProps = { readonly address: string; readonly words: readonly string[] };

/**
 * The paper key as it is on paper; not on the screen. It stands beside the application, so that print styles can leave
 * it alone on the page.
 */
export const PrintedPaperKey = ({ address, words }: PrintedPaperKeyProps) => {
  const [local = '', host = ''] = address.split('@');
  return createPortal(
    <div className={styles.paper} aria-hidden data-testid="printed-paper-key">
      <h1>Posthorn paper key</h1>
      <p>Keep this secret. Whoever reads these words can receive mail at this address and write in its name.</p>
      <p className={styles.mono}>
        {local}@<wbr />
        {inGroups(host, 8).map((group, index) => (
          <span key={index}>
            {group}
            <wbr />
          </span>
        ))}
      </p>
      <ol className={styles.printed}>
        {words.map((word, index) => (
          <li key={index}>{word}</li>
        ))}
      </ol>
      <p>
        To use it: on a new computer choose “Restore an address from paper” when Posthorn starts, type the words in this
        order, and the part of the address before the @.
      </p>
    </div>,
    document.body,
  );
};
