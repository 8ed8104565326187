import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';
import { Icon } from './Icon';
import type { IconType } from './Icon';

export type EmptyStateProps = {
  readonly icon: IconType;
  readonly title: string;
  readonly text?: ReactNode;
  readonly action?: ReactNode;
  readonly testId?: string;
};

/** What stands where nothing is yet: what this place is for and what to do next. */
export const EmptyState = ({ icon, title, text, action, testId }: EmptyStateProps) => (
  <div className={styles.empty} data-testid={testId}>
    <span className={styles.icon}>
      <Icon icon={icon} size={26} />
    </span>
    <h2 className={styles.title}>{title}</h2>
    {text !== undefined && <p className={styles.text}>{text}</p>}
    {action !== undefined && <div className={styles.action}>{action}</div>}
  </div>
);
