import type { IdentityColour } from '../../../shared/identity';
import { TextField } from '../../ui/fields/TextField';
import { ColourPicker } from './ColourPicker';
import styles from './IdentityFields.module.css';
import { localPartProblem } from '../../words/local-part-problem';

/** What a person chooses for a new identity. */
export type IdentityDraft = { readonly localPart: string; readonly label: string; readonly colour: IdentityColour };

export type IdentityFieldsProps = {
  readonly value: IdentityDraft;
  readonly onChange: (value: IdentityDraft) => void;
  /** Shows problems of an empty name too: after the first try to submit. */
  readonly strict: boolean;
  /** The address is there already, on paper; only its name is asked for. */
  readonly fromPaper?: boolean;
};

/** Name before the @ with a live check and preview, a private label, and a colour. */
export const IdentityFields = ({ value, onChange, strict, fromPaper = false }: IdentityFieldsProps) => {
  const problem = value.localPart === '' && !strict ? undefined : localPartProblem(value.localPart);
  return (
    <div className={styles.fields}>
      <TextField
        label="Name in the address"
        value={value.localPart}
        onChange={(event) => onChange({ ...value, localPart: event.target.value })}
        error={problem}
        hint={
          fromPaper
            ? 'The part before the @ as others know it. It stands on the paper too.'
            : 'Lower-case letters, digits, and . _ - between them. It cannot be changed later.'
        }
        placeholder="for example alice"
        maxLength={80}
        autoCapitalize="none"
        autoFocus={!fromPaper}
        data-testid="identity-local-part"
      />
      <p className={styles.preview} aria-hidden>
        <strong>{value.localPart === '' || problem !== undefined ? 'name' : value.localPart}</strong>@
        <span>{fromPaper ? 'as the 24 words say' : '56 letters and digits made for you'}</span>.onion
      </p>
      <TextField
        label="Label (optional)"
        value={value.label}
        onChange={(event) => onChange({ ...value, label: event.target.value })}
        hint="Only you see it: “Private”, “Work”, “Club”."
        maxLength={60}
        data-testid="identity-label"
      />
      <ColourPicker value={value.colour} onChange={(colour) => onChange({ ...value, colour })} />
    </div>
  );
};
