import type { Identity } from '../../../../shared/identity';
import { Select } from '../../../ui/fields/Select';
import { identityName } from './identity-name';
import styles from './programs.module.css';

export type IdentityChoiceProps = {
  readonly own: readonly Identity[];
  readonly identity: Identity;
  readonly onChange: (id: string) => void;
};

/** Whose user name is shown, when a program is for several identities. */
export const IdentityChoice = ({ own, identity, onChange }: IdentityChoiceProps) => (
  <div className={styles.kind}>
    <span>Identity</span>
    <Select
      label="Identity whose settings are shown"
      value={identity.id}
      options={own.map((each) => ({ value: each.id, label: identityName(each) }))}
      onChange={onChange}
    />
  </div>
);
