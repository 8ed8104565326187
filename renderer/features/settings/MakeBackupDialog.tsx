import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { makeBackup } from '../../actions/profile/make-backup';
import type { MadeBackup } from '../../actions/profile/make-backup';
import { BackupContentsList } from '../../parts/backup/BackupContentsList';
import { BackupProgress } from '../../parts/backup/BackupProgress';
import { NewPassphrase, passphraseProblem } from '../../parts/passphrase/NewPassphrase';
import type { TypedPassphrase } from '../../parts/passphrase/NewPassphrase';
import { useBackupWork } from '../../parts/backup/use-backup-work';
import { useServices } from '../../state/services';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/dialogs/Dialog';
import { Switch } from '../../ui/fields/Switch';
import { sizeText } from '../../words/size-text';
import styles from './settings.module.css';

export type MakeBackupDialogProps = { readonly onClose: () => void; readonly onTest: () => void };

/** Asks for the passphrase of a backup and whether mail goes with it, and makes it. */
export const MakeBackupDialog = ({ onClose, onTest }: MakeBackupDialogProps) => {
  const [made, setMade] = useState<MadeBackup>();
  return made === undefined ? (
    <MakeForm onClose={onClose} onMade={setMade} />
  ) : (
    <Made made={made} onClose={onClose} onTest={onTest} />
  );
};

type MakeFormProps = { readonly onClose: () => void; readonly onMade: (made: MadeBackup) => void };

const MakeForm = ({ onClose, onMade }: MakeFormProps) => {
  const services = useServices();
  const work = useBackupWork();
  const [typed, setTyped] = useState<TypedPassphrase>({ passphrase: '', repeated: '' });
  const [withMail, setWithMail] = useState(true);
  const [tried, setTried] = useState(false);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (passphraseProblem(typed) !== undefined) return;
    work.run(async (watching) => {
      const made = await makeBackup(services, { passphrase: typed.passphrase, withMail, ...watching });
      if (made !== undefined) onMade(made);
    });
  };
  const footer = (
    <>
      <Button onClick={work.busy ? work.stop : onClose} data-testid="backup-cancel">
        {work.busy ? 'Stop' : 'Cancel'}
      </Button>
      <Button type="submit" form="make-backup" tone="primary" busy={work.busy} data-testid="backup-confirm">
        Back up…
      </Button>
    </>
  );
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Make a backup"
      description="Choose its passphrase, then where to save it."
      footer={footer}
      testId="make-backup-dialog"
    >
      <form id="make-backup" className={styles.form} onSubmit={submit} noValidate>
        <NewPassphrase
          label="Passphrase of this backup"
          value={typed}
          onChange={setTyped}
          strict={tried}
          disabled={work.busy}
          autoFocus
        />
        <Banner tone="warning">
          <strong>Whoever has the file and its passphrase is you.</strong> Without the passphrase nobody can open it,
          and nobody can give you a new one.
        </Banner>
        <MailSwitch withMail={withMail} onChange={setWithMail} disabled={work.busy} />
        {work.error !== undefined && <Banner tone="danger">{work.error} No backup was saved.</Banner>}
        {work.moment !== undefined && <BackupProgress {...work.moment} />}
      </form>
    </Dialog>
  );
};

type MailSwitchProps = {
  readonly withMail: boolean;
  readonly onChange: (withMail: boolean) => void;
  readonly disabled: boolean;
};

const MailSwitch = ({ withMail, onChange, disabled }: MailSwitchProps) => (
  <Switch
    label="With mail"
    hint={
      withMail
        ? 'The file becomes about as large as all your mail with its attachments.'
        : 'Only identities, keys and contacts: a small file. Mail that is lost here stays lost.'
    }
    checked={withMail}
    disabled={disabled}
    onChange={onChange}
    testId="backup-with-mail"
  />
);

type MadeProps = MakeBackupDialogProps & { readonly made: MadeBackup };

const Made = ({ made, onClose, onTest }: MadeProps) => (
  <Dialog
    open
    onOpenChange={onClose}
    title="Your backup is saved"
    footer={
      <>
        <Button onClick={onTest} data-testid="backup-test-now">
          Test it…
        </Button>
        <Button tone="primary" onClick={onClose} autoFocus data-testid="backup-done">
          Done
        </Button>
      </>
    }
    testId="backup-made-dialog"
  >
    <div className={styles.form}>
      <Banner tone="good">Saved, {sizeText(made.size)}. Keep it on another device than this computer.</Banner>
      <BackupContentsList contents={made.contents} />
      <p className={styles.soft}>
        Keys that you change, and mail that comes, after today are not in it: make a new one now and then, and after
        every key that you change.
      </p>
    </div>
  </Dialog>
);
