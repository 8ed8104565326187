import { PasswordField } from '../../ui/fields/PasswordField';
import styles from './NewPassphrase.module.css';
import { passphraseStrength } from './passphrase-strength';

/** A passphrase and its repetition, as typed. */
export type TypedPassphrase = { readonly passphrase: string; readonly repeated: string };

/** What keeps a typed passphrase from being used, or nothing. */
export const passphraseProblem = ({ passphrase, repeated }: TypedPassphrase): string | undefined => {
  const strength = passphraseStrength(passphrase);
  if (strength.level === 0) return strength.hint;
  return passphrase === repeated ? undefined : 'The two passphrases are not the same.';
};

export type NewPassphraseProps = {
  readonly label: string;
  readonly value: TypedPassphrase;
  readonly onChange: (value: TypedPassphrase) => void;
  /** Shows what is missing: after the first try to submit. */
  readonly strict: boolean;
  readonly disabled?: boolean;
  readonly autoFocus?: boolean;
};

/** Two fields for choosing a passphrase, with a meter between them. */
export const NewPassphrase = ({
  label,
  value,
  onChange,
  strict,
  disabled = false,
  autoFocus = false,
}: NewPassphraseProps) => {
  const strength = passphraseStrength(value.passphrase);
  const differs = value.repeated !== '' && !value.passphrase.startsWith(value.repeated);
  const mismatch = differs || (strict && strength.level > 0 && value.repeated !== value.passphrase);
  return (
    <div className={styles.fields}>
      <PasswordField
        label={label}
        value={value.passphrase}
        onChange={(event) => onChange({ ...value, passphrase: event.target.value })}
        error={strict && strength.level === 0 ? strength.hint : undefined}
        disabled={disabled}
        autoFocus={autoFocus}
        maxLength={1_024}
        data-testid="new-passphrase"
      />
      <StrengthMeter passphrase={value.passphrase} />
      <PasswordField
        label="Repeat it"
        value={value.repeated}
        onChange={(event) => onChange({ ...value, repeated: event.target.value })}
        error={mismatch ? 'The two passphrases are not the same.' : undefined}
        disabled={disabled}
        maxLength={1_024}
        data-testid="repeat-passphrase"
      />
    </div>
  );
};

const StrengthMeter = ({ passphrase }: { readonly passphrase: string }) => {
  const { level, word, hint } = passphraseStrength(passphrase);
  const typed = passphrase !== '';
  return (
    <div className={styles.meter} data-level={typed ? level : 0} data-testid="passphrase-strength">
      <div className={styles.bars} aria-hidden>
        {[1, 2, 3, 4].map((step) => (
          <span key={step} data-on={(typed && step <= level) || undefined} />
        ))}
      </div>
      <p aria-live="polite">
        {typed && <strong>{word}. </strong>}
        {typed ? hint : 'At least 8 characters. Four or five unrelated words are strong and easy to keep in mind.'}
      </p>
    </div>
  );
};
