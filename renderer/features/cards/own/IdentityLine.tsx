import type { Identity } from '../../../../shared/identity';
import { Avatar } from '../../../ui/Avatar';
import { localPartOf, shortAddress } from '../../../words/address-text';
import styles from '../cards.module.css';

/**
 * Which of the person's identities this is about, so that two are never mixed up. `what` leads to it: «The card of».
 */
export const IdentityLine = ({ identity, what }: { readonly identity: Identity; readonly what: string }) => {
  const name = identity.label || localPartOf(identity.address);
  return (
    <span className={styles.identity} data-testid="card-identity">
      {what}
      <Avatar name={name} seed={identity.address} colour={identity.colour} size="small" />
      <strong>{name}</strong>
      <span className={styles.faint}>{shortAddress(identity.address)}</span>
    </span>
  );
};
