import type { ComponentPropsWithRef } from 'react';
import { classNames } from '../class-names';
import { Field } from './Field';
import type { FieldWords } from './Field';
import styles from './Field.module.css';

export type TextAreaProps = FieldWords & ComponentPropsWithRef<'textarea'> & { readonly mono?: boolean };

/** Several lines of text with their label, and a hint or an error below. */
export const TextArea = ({ label, hideLabel = false, hint, error, mono, className, ...rest }: TextAreaProps) => (
  <Field label={label} hideLabel={hideLabel} hint={hint} error={error}>
    {(attributes) => (
      <textarea
        dir="auto"
        {...rest}
        {...attributes}
        className={classNames(styles.control, styles.area, mono && styles.mono, className)}
      />
    )}
  </Field>
);
