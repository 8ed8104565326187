import { useId } from 'react';
import styles from './Choices.module.css';

export type ChoicesProps<Value extends string> = {
  readonly legend: string;
  readonly value: Value;
  readonly options: readonly {
    readonly value: Value;
    readonly label: string;
    readonly hint?: string;
    /** It cannot be chosen; the hint says why. */
    readonly disabled?: boolean;
  }[];
  readonly onChange: (value: Value) => void;
  readonly testId: string;
};

/** One of a few answers, each with its explanation in sight. */
export const Choices = <Value extends string>({ legend, value, options, onChange, testId }: ChoicesProps<Value>) => {
  const name = useId();
  return (
    <fieldset className={styles.choices}>
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles.choice} data-disabled={option.disabled || undefined}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            disabled={option.disabled}
            onChange={() => onChange(option.value)}
            data-testid={`${testId}-${option.value}`}
          />
          <span>
            <span className={styles.label}>{option.label}</span>
            {option.hint !== undefined && <span className={styles.hint}>{option.hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
};
