import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './Banner.module.css';
import { classNames } from './class-names';
import { Icon } from './Icon';
import type { IconType } from './Icon';

type Tone = 'info' | 'good' | 'warning' | 'danger';
const icons: Record<Tone, IconType> = { info: Info, good: CircleCheck, warning: TriangleAlert, danger: CircleAlert };

export type BannerProps = {
  readonly tone?: Tone;
  readonly icon?: IconType;
  readonly children: ReactNode;
  /** Buttons at its right. */
  readonly action?: ReactNode;
  readonly testId?: string;
};

/** A sentence across the top of what it is about. Trouble is announced at once, the rest politely. */
export const Banner = ({ tone = 'info', icon, children, action, testId }: BannerProps) => (
  <div
    role={tone === 'danger' ? 'alert' : 'status'}
    className={classNames(styles.banner, styles[tone])}
    data-testid={testId}
  >
    <span className={styles.icon}>
      <Icon icon={icon ?? icons[tone]} size={17} />
    </span>
    <div className={styles.words}>{children}</div>
    {action !== undefined && <div className={styles.actions}>{action}</div>}
  </div>
);
