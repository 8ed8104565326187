import type { ReactNode } from 'react';
import styles from './identities.module.css';

export type KeyRowProps = {
  readonly title: string;
  readonly hint: ReactNode;
  readonly testId?: string;
  readonly children?: ReactNode;
};

/** One thing about a key: words at the left, what can be done at the right. */
export const KeyRow = ({ title, hint, testId, children }: KeyRowProps) => (
  <div className={styles.row} data-testid={testId}>
    <div>
      <strong>{title}</strong>
      <p>{hint}</p>
    </div>
    {children !== undefined && <div className={styles.buttons}>{children}</div>}
  </div>
);
