import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import type { ComponentPropsWithRef } from 'react';
import { classNames } from '../class-names';
import { Field } from './Field';
import type { FieldWords } from './Field';
import styles from './Field.module.css';
import { IconButton } from '../IconButton';

export type PasswordFieldProps = FieldWords &
  Omit<ComponentPropsWithRef<'input'>, 'type' | 'size'> & { readonly size?: 'normal' | 'large' };

/** A passphrase that can be shown while it is typed. */
export const PasswordField = ({
  label,
  hideLabel = false,
  hint,
  error,
  size,
  className,
  ...rest
}: PasswordFieldProps) => {
  const [shown, setShown] = useState(false);
  return (
    <Field label={label} hideLabel={hideLabel} hint={hint} error={error}>
      {(attributes) => (
        <div className={styles.withButton}>
          <input
            autoComplete="off"
            spellCheck={false}
            {...rest}
            {...attributes}
            type={shown ? 'text' : 'password'}
            className={classNames(styles.control, size === 'large' && styles.large, className)}
          />
          <IconButton
            icon={shown ? EyeOff : Eye}
            label={shown ? 'Hide passphrase' : 'Show passphrase'}
            size="small"
            className={styles.inside}
            onClick={() => setShown(!shown)}
          />
        </div>
      )}
    </Field>
  );
};
