import { useState } from 'react';
import type { Identity } from '../../../shared/identity';
import { setPrivate } from '../../actions/profile/set-private';
import { useTask } from '../../parts/use-task';
import { useServices } from '../../state/services';
import { AlertDialog } from '../../ui/dialogs/AlertDialog';
import { Banner } from '../../ui/Banner';
import { Switch } from '../../ui/fields/Switch';
import styles from './identities.module.css';

/** Whether everybody or only the contacts of an identity can find it; asks before either. */
export const PrivateSwitch = ({ identity }: { readonly identity: Identity }) => {
  const services = useServices();
  const task = useTask();
  const [asking, setAsking] = useState(false);
  const { isPrivate } = identity;
  const confirm = () => {
    setAsking(false);
    void task.run(() => setPrivate(services, { identityId: identity.id, isPrivate: !isPrivate }));
  };
  return (
    <div className={styles.words}>
      <Switch
        label="Private: only my contacts can find me"
        hint={
          isPrivate
            ? 'Nobody else can reach this address, or tell whether you are online.'
            : 'Everybody who has the address can write to it, and can tell when you are online.'
        }
        checked={isPrivate}
        disabled={task.busy}
        onChange={() => setAsking(true)}
        testId="identity-private"
      />
      {task.error !== undefined && <Banner tone="danger">{task.error}</Banner>}
      {isPrivate ? (
        <AlertDialog
          open={asking}
          onOpenChange={setAsking}
          title="Let everybody find this identity again?"
          confirm="Let everybody find it"
          onConfirm={confirm}
          text={<Opening />}
        />
      ) : (
        <AlertDialog
          open={asking}
          onOpenChange={setAsking}
          title="Hide this identity from strangers?"
          confirm="Make it private"
          onConfirm={confirm}
          text={<Hiding />}
        />
      )}
    </div>
  );
};

const Hiding = () => (
  <div className={styles.words}>
    <ul className={styles.list}>
      <li>Strangers can no longer reach this address, even if they have it. To them you are offline for good.</li>
      <li>Your contacts are sent the way to you as they come online. Until one of them has it, their mail waits.</li>
      <li>Whoever you add later is sent the way too.</li>
    </ul>
    <p>Use another identity for everybody else: for your card, a website, or people you do not know yet.</p>
  </div>
);

const Opening = () => (
  <div className={styles.words}>
    <p>
      Whoever has the address can write to it again; first mail of strangers waits in Requests. They can also tell when
      you are online.
    </p>
    <p>Nothing changes for your contacts.</p>
  </div>
);
