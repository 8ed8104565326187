import type { Identity } from '../../../shared/identity';
import { isolated } from '../../../shared/text/text-direction';
import { localPartOf } from '../../words/address-text';
import { VisuallyHidden } from '../../ui/VisuallyHidden';
import styles from './IdentityMark.module.css';

/** Says by colour and name to which of the person's identities something belongs. */
export const IdentityMark = ({ identity }: { readonly identity: Identity }) => (
  <span className={styles.mark} data-colour={identity.colour} data-testid="identity-mark">
    <span className={styles.dot} />
    <VisuallyHidden>For </VisuallyHidden>
    <span className={styles.name}>{isolated(identity.label || localPartOf(identity.address))}</span>
  </span>
);
