import { UserRound } from 'lucide-react';
import type { IdentityId } from '../../../../shared/ids';
import { useIdentities } from '../../../queries/use-identities';
import { Icon } from '../../../ui/Icon';
import { localPartOf } from '../../../words/address-text';
import styles from '../cards.module.css';
import { FocusedHeading } from './FocusedHeading';

/** The person's own card was scanned. */
export const OwnResult = ({ identityId }: { readonly identityId: IdentityId }) => {
  const identity = useIdentities()?.find(({ id }) => id === identityId);
  if (identity === undefined) return null;
  return (
    <div className={styles.refused} data-testid="card-own">
      <Icon icon={UserRound} size={30} />
      <FocusedHeading>This is your own card</FocusedHeading>
      <p>
        It is the card of your identity “{identity.label || localPartOf(identity.address)}”. There is nothing to verify:
        point the camera at the other person’s code.
      </p>
    </div>
  );
};
