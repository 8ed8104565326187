import { useState } from 'react';
import type { Identity } from '../../../shared/identity';
import { deleteIdentity } from '../../actions/profile/delete-identity';
import { useTask } from '../../parts/use-task';
import { useCustody } from '../../queries/use-custody';
import { useNames } from '../../queries/use-contacts';
import { useServices } from '../../state/services';
import { AlertDialog } from '../../ui/dialogs/AlertDialog';
import { Banner } from '../../ui/Banner';
import { TextField } from '../../ui/fields/TextField';
import { localPartOf } from '../../words/address-text';
import { relyingSentences } from '../../words/delete-identity-words';
import styles from './identities.module.css';

export type DeleteIdentityDialogProps = {
  readonly identity: Identity;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
};

/** Tells what is destroyed and asks for the name, so that no slip of a hand deletes a person. */
export const DeleteIdentityDialog = ({ identity, onClose, onDeleted }: DeleteIdentityDialogProps) => {
  const services = useServices();
  const task = useTask();
  const [typed, setTyped] = useState('');
  const name = localPartOf(identity.address);
  const confirm = () =>
    void task.run(async () => {
      await deleteIdentity(services, identity);
      onDeleted();
    });
  return (
    <AlertDialog
      open
      onOpenChange={onClose}
      title={`Delete ${identity.label || name}?`}
      tone="danger"
      confirm="Delete for good"
      disabled={typed !== name}
      busy={task.busy}
      onConfirm={confirm}
      text={
        <div className={styles.words}>
          <p>This cannot be undone. On this computer it destroys:</p>
          <ul className={styles.list}>
            <li>all mail of this identity, drafts and unsent messages too</li>
            <li>its contacts</li>
            <li>its keys, so that mail sealed to them can never be opened again</li>
            <li>its address: nobody, not even you, can have it again</li>
          </ul>
          <p>Mail that others have received from you stays with them.</p>
          <Relying identity={identity} />
        </div>
      }
    >
      <form
        className={styles.form}
        style={{ marginTop: 'var(--space-4)' }}
        onSubmit={(event) => {
          event.preventDefault();
          if (typed === name) confirm();
        }}
      >
        <TextField
          label={`Type ${name} to confirm`}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          data-testid="delete-identity-name"
        />
        {task.error !== undefined && <Banner tone="danger">{task.error}</Banner>}
      </form>
    </AlertDialog>
  );
};

/** What others lose, and would not be told. */
const Relying = ({ identity }: Pick<DeleteIdentityDialogProps, 'identity'>) => {
  const holding = useCustody(identity.id);
  const nameOf = useNames(identity.id);
  const sentences = holding === undefined ? [] : relyingSentences(holding, nameOf);
  if (sentences.length === 0) return null;
  return (
    <Banner tone="warning" testId="delete-identity-relying">
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Banner>
  );
};
