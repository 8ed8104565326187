import type { Timestamp } from '../../../../shared/ids';
import { Select } from '../../../ui/fields/Select';
import styles from '../ContactDialogs.module.css';

/** How long a verification holds. */
export type Lasting = 'always' | 'year' | 'two-years' | 'five-years';

const years: Readonly<Record<Exclude<Lasting, 'always'>, number>> = { year: 1, 'two-years': 2, 'five-years': 5 };

const options = [
  { value: 'always', label: 'Until you take it back' },
  { value: 'year', label: 'One year' },
  { value: 'two-years', label: 'Two years' },
  { value: 'five-years', label: 'Five years' },
] as const;

/** The end of a certification made `now` (milliseconds since 1970), for the call that makes it. */
export const expiryOf = (lasting: Lasting, now: number): { readonly expiresAt?: Timestamp } => {
  if (lasting === 'always') return {};
  const end = new Date(now);
  end.setFullYear(end.getFullYear() + years[lasting]);
  return { expiresAt: end.getTime() };
};

/** Asks how long a verification holds. */
export const ExpiryChoice = ({
  value,
  onChange,
}: {
  readonly value: Lasting;
  readonly onChange: (value: Lasting) => void;
}) => (
  <div className={styles.expiry}>
    <span>How long does it hold?</span>
    <Select
      label="How long does it hold?"
      value={value}
      options={options}
      onChange={onChange}
      testId="certify-expiry"
    />
  </div>
);
