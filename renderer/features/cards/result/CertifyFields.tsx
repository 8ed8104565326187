import { useId, useState } from 'react';
import type { CertificationLevel } from '../../../../shared/trust';
import type { Certify } from '../../../actions/cards/verify-card';
import { Select } from '../../../ui/fields/Select';
import { Switch } from '../../../ui/fields/Switch';
import { levelWords } from '../../../words/card-words';
import styles from '../cards.module.css';

/** How long the person's word holds. */
export type Term = 'ever' | 'one-year' | 'two-years' | 'five-years';

const terms: readonly { readonly value: Term; readonly label: string; readonly years: number }[] = [
  { value: 'ever', label: 'Until I take it back', years: 0 },
  { value: 'one-year', label: 'One year', years: 1 },
  { value: 'two-years', label: 'Two years', years: 2 },
  { value: 'five-years', label: 'Five years', years: 5 },
];

/** The choice as it stands on the form. */
export type CertifyChoice = { readonly level: CertificationLevel; readonly shared: boolean; readonly term: Term };

/** In person and kept private: what is right for most, and gives nothing away. */
export const usualChoice: CertifyChoice = { level: 'positive', shared: false, term: 'ever' };

/** What the choice means from a moment on, which is in milliseconds since 1970. */
export const certifyOf = ({ level, shared, term }: CertifyChoice, now: number): Certify => {
  const years = terms.find(({ value }) => value === term)?.years ?? 0;
  if (years === 0) return { level, shared };
  const end = new Date(now);
  end.setFullYear(end.getFullYear() + years);
  return { level, shared, expiresAt: end.getTime() };
};

export type CertifyFieldsProps = { readonly value: CertifyChoice; readonly onChange: (value: CertifyChoice) => void };

/** How well the person was checked, whether others may see it, and under «More» until when it holds. */
export const CertifyFields = ({ value, onChange }: CertifyFieldsProps) => {
  const [more, setMore] = useState(value.term !== 'ever');
  return (
    <div className={styles.certify}>
      <LevelChoice value={value.level} onChange={(level) => onChange({ ...value, level })} />
      <Switch
        label="Let others see that I vouch for them"
        hint="Helps people who trust you, and tells them whom you know. Kept private unless you turn it on."
        checked={value.shared}
        onChange={(shared) => onChange({ ...value, shared })}
        testId="certify-shared"
      />
      {more ? (
        <div className={styles.term}>
          <span>It holds</span>
          <Select
            label="How long it holds"
            value={value.term}
            options={terms}
            onChange={(term) => onChange({ ...value, term })}
            testId="certify-term"
          />
        </div>
      ) : (
        <button type="button" className={styles.more} onClick={() => setMore(true)} data-testid="certify-more">
          More…
        </button>
      )}
    </div>
  );
};

const LEVELS: readonly CertificationLevel[] = ['positive', 'casual'];

const LevelChoice = ({
  value,
  onChange,
}: {
  readonly value: CertificationLevel;
  readonly onChange: (level: CertificationLevel) => void;
}) => {
  const name = useId();
  return (
    <fieldset className={styles.levels}>
      <legend>How did you make sure that it is them?</legend>
      {LEVELS.map((level) => (
        <div key={level} className={styles.level}>
          <input
            type="radio"
            id={`${name}-${level}`}
            name={name}
            checked={value === level}
            onChange={() => onChange(level)}
            aria-describedby={`${name}-${level}-hint`}
            data-testid={`certify-${level}`}
          />
          <div>
            <label htmlFor={`${name}-${level}`}>{levelWords[level].label}</label>
            <p id={`${name}-${level}-hint`} className={styles.soft}>
              {levelWords[level].hint}
            </p>
          </div>
        </div>
      ))}
    </fieldset>
  );
};
