import type { ReactNode } from 'react';
import styles from './Badge.module.css';
import { classNames } from './class-names';
import { Icon } from './Icon';
import type { IconType } from './Icon';

export type BadgeProps = {
  readonly tone?: 'neutral' | 'accent' | 'good' | 'warning' | 'danger';
  readonly icon?: IconType;
  readonly children: ReactNode;
  readonly testId?: string;
};

/** A word or a number in a small pill. */
export const Badge = ({ tone = 'neutral', icon, children, testId }: BadgeProps) => (
  <span className={classNames(styles.badge, tone !== 'neutral' && styles[tone])} data-testid={testId}>
    {icon && <Icon icon={icon} size={12} />}
    {children}
  </span>
);
