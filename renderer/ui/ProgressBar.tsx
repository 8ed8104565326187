import { Progress as Radix } from 'radix-ui';
import { present } from '../../shared/present';
import { classNames } from './class-names';
import styles from './ProgressBar.module.css';

/** How far something is; `value` from 0 to 100, or null while nobody knows. */
export const ProgressBar = ({ value, label }: { readonly value: number | null; readonly label: string }) => (
  <Radix.Root value={value} max={100} aria-label={label} className={styles.track}>
    <Radix.Indicator
      className={classNames(styles.bar, value === null && styles.unknown)}
      {...present({ style: value === null ? undefined : { width: `${value}%` } })}
    />
  </Radix.Root>
);
