import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { Identity } from '../../../shared/identity';
import { exportSecretKey } from '../../actions/keys/export-key';
import { NewPassphrase, passphraseProblem } from '../../parts/passphrase/NewPassphrase';
import type { TypedPassphrase } from '../../parts/passphrase/NewPassphrase';
import { useTask } from '../../parts/use-task';
import { useServices } from '../../state/services';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/dialogs/Dialog';
import styles from './identities.module.css';

export type ExportSecretKeyDialogProps = { readonly identity: Identity; readonly onClose: () => void };

/** Saves the secret key in a file that has a passphrase of its own. */
export const ExportSecretKeyDialog = ({ identity, onClose }: ExportSecretKeyDialogProps) => {
  const services = useServices();
  const task = useTask();
  const [typed, setTyped] = useState<TypedPassphrase>({ passphrase: '', repeated: '' });
  const [tried, setTried] = useState(false);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (passphraseProblem(typed) !== undefined) return;
    void task.run(async () => {
      if (await exportSecretKey(services, { identity, passphrase: typed.passphrase })) onClose();
    });
  };
  const footer = (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button type="submit" form="export-secret" tone="primary" busy={task.busy} data-testid="export-secret-confirm">
        Save secret key
      </Button>
    </>
  );
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Export the secret key"
      description="For GnuPG, Thunderbird and other OpenPGP programs."
      footer={footer}
      testId="export-secret-dialog"
    >
      <form id="export-secret" className={styles.form} onSubmit={submit} noValidate>
        <Banner tone="warning">
          <strong>Whoever has this file and its passphrase</strong> can read all mail of this identity and sign in your
          name. Keep it where nobody else gets at it.
        </Banner>
        <NewPassphrase
          label="Passphrase for this file"
          value={typed}
          onChange={setTyped}
          strict={tried}
          disabled={task.busy}
          autoFocus
        />
        {task.error !== undefined && <Banner tone="danger">{task.error}</Banner>}
      </form>
    </Dialog>
  );
};
