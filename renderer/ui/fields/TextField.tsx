import type { ComponentPropsWithRef } from 'react';
import { classNames } from '../class-names';
import { Field } from './Field';
import type { FieldWords } from './Field';
import styles from './Field.module.css';

export type TextFieldProps = FieldWords &
  Omit<ComponentPropsWithRef<'input'>, 'size'> & { readonly size?: 'normal' | 'large'; readonly mono?: boolean };

/** A single line of text with its label, and a hint or an error below. */
export const TextField = ({
  label,
  hideLabel = false,
  hint,
  error,
  size,
  mono,
  className,
  ...rest
}: TextFieldProps) => (
  <Field label={label} hideLabel={hideLabel} hint={hint} error={error}>
    {(attributes) => (
      <input
        type="text"
        dir="auto"
        spellCheck={false}
        autoComplete="off"
        {...rest}
        {...attributes}
        className={classNames(styles.control, size === 'large' && styles.large, mono && styles.mono, className)}
      />
    )}
  </Field>
);
