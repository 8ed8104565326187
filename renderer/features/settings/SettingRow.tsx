import type { ReactNode } from 'react';
import styles from './settings.module.css';

export type SettingRowProps = { readonly title: string; readonly hint?: string; readonly children: ReactNode };

/** One setting: words at the left, its control at the right. */
export const SettingRow = ({ title, hint, children }: SettingRowProps) => (
  <div className={styles.row}>
    <div className={styles.words}>
      <p className={styles.title}>{title}</p>
      {hint !== undefined && <p className={styles.hint}>{hint}</p>}
    </div>
    <div className={styles.control}>{children}</div>
  </div>
);
