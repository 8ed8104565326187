import { Switch as Radix } from 'radix-ui';
import { useId } from 'react';
import styles from './Switch.module.css';

export type SwitchProps = {
  readonly label: string;
  readonly hint?: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly testId?: string;
};

/** Something that is on or off at once, with its words on the left. */
export const Switch = ({ label, hint, checked, disabled = false, onChange, testId }: SwitchProps) => {
  const id = useId();
  return (
    <div className={styles.row}>
      <div>
        <label htmlFor={id} className={styles.label}>
          {label}
        </label>
        {hint !== undefined && (
          <p id={`${id}-hint`} className={styles.hint}>
            {hint}
          </p>
        )}
      </div>
      <Radix.Root
        id={id}
        checked={checked}
        disabled={disabled}
        onCheckedChange={onChange}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        className={styles.track}
        data-testid={testId}
      >
        <Radix.Thumb className={styles.thumb} />
      </Radix.Root>
    </div>
  );
};
