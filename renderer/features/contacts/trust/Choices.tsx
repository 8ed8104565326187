import { useId } from 'react';
import styles from '../ContactDialogs.module.css';

export type ChoicesProps<Value extends string> = {
  readonly legend: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly hint?: string }[];
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
        <label key={option.value} className={styles.choice}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            data-testid={`${testId}-${option.value}`}
          />
          <span>
            <span className={styles.choiceLabel}>{option.label}</span>
            {option.hint !== undefined && <span className={styles.choiceHint}>{option.hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
};
