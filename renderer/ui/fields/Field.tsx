import { useId } from 'react';
import type { ReactNode } from 'react';
import styles from './Field.module.css';
import { VisuallyHidden } from '../VisuallyHidden';

export type FieldWords = {
  readonly label: string;
  /** Keeps the label for screen readers only, where the place already says it. */
  readonly hideLabel?: boolean;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
};

type ControlAttributes = {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean | undefined;
};

/** Label, hint and error around one control, tied together for screen readers. */
export const Field = (props: FieldWords & { readonly children: (attributes: ControlAttributes) => ReactNode }) => {
  const { label, hideLabel = false, hint, error, children } = props;
  const id = useId();
  const note = error ?? hint;
  const attributes = {
    id,
    'aria-describedby': note === undefined ? undefined : `${id}-note`,
    'aria-invalid': error === undefined ? undefined : true,
  };
  const words = (
    <label htmlFor={id} className={styles.label}>
      {label}
    </label>
  );
  return (
    <div className={styles.field}>
      {hideLabel ? <VisuallyHidden>{words}</VisuallyHidden> : words}
      {children(attributes)}
      {note !== undefined && (
        <p
          id={`${id}-note`}
          className={error === undefined ? styles.hint : styles.error}
          role={error === undefined ? undefined : 'alert'}
        >
          {note}
        </p>
      )}
    </div>
  );
};
