import type { Identity } from '../../../../shared/identity';
import type { IdentityId } from '../../../../shared/ids';
import { shortAddress } from '../../../words/address-text';
import { identityName } from './identity-name';
import settings from '../settings.module.css';
import styles from './programs.module.css';

export type IdentityTicksProps = {
  readonly identities: readonly Identity[];
  readonly ticked: readonly IdentityId[];
  readonly onChange: (ticked: readonly IdentityId[]) => void;
  readonly problem: string | undefined;
};

/** Whose mail a program reads and sends. */
export const IdentityTicks = ({ identities, ticked, onChange, problem }: IdentityTicksProps) => {
  const toggle = (id: IdentityId) =>
    onChange(ticked.includes(id) ? ticked.filter((each) => each !== id) : [...ticked, id]);
  return (
    <fieldset className={styles.ticks}>
      <legend>Whose mail it reads and sends</legend>
      {identities.map((identity) => (
        <label key={identity.id} className={styles.tick}>
          <input
            type="checkbox"
            checked={ticked.includes(identity.id)}
            onChange={() => toggle(identity.id)}
            data-testid="program-identity"
          />
          <span>
            {identityName(identity)} <span className={settings.hint}>{shortAddress(identity.address)}</span>
          </span>
        </label>
      ))}
      {problem !== undefined && (
        <p className={settings.problems} role="alert">
          {problem}
        </p>
      )}
    </fieldset>
  );
};
