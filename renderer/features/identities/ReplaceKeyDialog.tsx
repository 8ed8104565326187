import type { Identity } from '../../../shared/identity';
import { replaceKey } from '../../actions/keys/change-own-key';
import { useTask } from '../../parts/use-task';
import { useKeyLife } from '../../queries/use-key-life';
import { useServices } from '../../state/services';
import { AlertDialog } from '../../ui/dialogs/AlertDialog';
import { Banner } from '../../ui/Banner';
import styles from './identities.module.css';

export type ReplaceKeyDialogProps = { readonly identity: Identity; readonly onClose: () => void };

/** A new OpenPGP key under the same onion, after saying what contacts will see. */
export const ReplaceKeyDialog = ({ identity, onClose }: ReplaceKeyDialogProps) => {
  const services = useServices();
  const task = useTask();
  const revoked = useKeyLife(identity.id)?.revoked === true;
  const replace = () =>
    void task.run(() => replaceKey(services, { identityId: identity.id })).then((done) => done && onClose());
  return (
    <AlertDialog
      open
      onOpenChange={onClose}
      title="Replace the key?"
      confirm={task.busy ? 'Making keys…' : 'Replace key'}
      busy={task.busy}
      onConfirm={replace}
      text={
        <div className={styles.words}>
          <ul className={styles.list}>
            <li>Your address stays the same, and your onion vouches for the new key.</li>
            <li>{revoked ? withoutContinuity : withContinuity}</li>
            <li>Printed cards show the old fingerprint. Make new ones.</li>
            <li>The old key is kept, so that old mail can be opened.</li>
          </ul>
          {task.error !== undefined && <Banner tone="danger">{task.error}</Banner>}
        </div>
      }
    />
  );
};

const withContinuity =
  'Your contacts see “Key changed” and that your old key signs for the new one. Each of them decides whether to accept it.';
const withoutContinuity =
  'Your contacts see “Key changed”. A revoked key cannot sign for the new one, so they have to verify you again: meet them or compare fingerprints.';
