import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { BackupOutcome } from '../../../shared/backup';
import { testBackup } from '../../actions/profile/test-backup';
import { BackupContentsList } from '../../parts/backup/BackupContentsList';
import { BackupProblemBanner } from '../../parts/backup/BackupProblemBanner';
import { BackupProgress } from '../../parts/backup/BackupProgress';
import { FileChoice } from '../../parts/FileChoice';
import { useBackupWork } from '../../parts/backup/use-backup-work';
import { useServices } from '../../state/services';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/dialogs/Dialog';
import { PasswordField } from '../../ui/fields/PasswordField';
import styles from './settings.module.css';

export type TestBackupDialogProps = { readonly onClose: () => void };

/** «Test my backup»: restores a file into a scratch profile and says what is in it, or what is wrong. */
export const TestBackupDialog = ({ onClose }: TestBackupDialogProps) => {
  const services = useServices();
  const work = useBackupWork();
  const [file, setFile] = useState<File>();
  const [passphrase, setPassphrase] = useState('');
  const [tried, setTried] = useState(false);
  const [outcome, setOutcome] = useState<BackupOutcome>();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (file === undefined || passphrase === '') return;
    setOutcome(undefined);
    work.run(async (watching) => setOutcome(await testBackup(services, { file, passphrase, ...watching })));
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Test a backup"
      description="Nothing of your profile changes: the test is made beside it, and removed again."
      footer={<Footer work={work} outcome={outcome} onClose={onClose} />}
      testId="test-backup-dialog"
    >
      <form id="test-backup" className={styles.form} onSubmit={submit} noValidate>
        <FileChoice
          label="Choose the backup…"
          file={file}
          onChoose={(chosen) => {
            setFile(chosen);
            setOutcome(undefined);
          }}
          error={tried && file === undefined ? 'Choose the file of the backup.' : undefined}
          disabled={work.busy}
          autoFocus
          testId="test-backup-file"
        />
        <PasswordField
          label="Passphrase of the backup"
          value={passphrase}
          onChange={(event) => setPassphrase(event.target.value)}
          error={tried && passphrase === '' ? 'Type the passphrase that was chosen for it.' : undefined}
          disabled={work.busy}
          maxLength={1_024}
          data-testid="test-backup-passphrase"
        />
        {work.error !== undefined && <Banner tone="danger">{work.error}</Banner>}
        {work.moment !== undefined && <BackupProgress {...work.moment} />}
        {outcome !== undefined && <Outcome outcome={outcome} />}
      </form>
    </Dialog>
  );
};

type FooterProps = TestBackupDialogProps & {
  readonly work: ReturnType<typeof useBackupWork>;
  readonly outcome: BackupOutcome | undefined;
};

const Footer = ({ work, outcome, onClose }: FooterProps) => (
  <>
    <Button onClick={work.busy ? work.stop : onClose} data-testid="test-backup-close">
      {closeLabel(work.busy, outcome)}
    </Button>
    <Button type="submit" form="test-backup" tone="primary" busy={work.busy} data-testid="test-backup-confirm">
      {outcome === undefined ? 'Test' : 'Test again'}
    </Button>
  </>
);

const closeLabel = (busy: boolean, outcome: BackupOutcome | undefined): string => {
  if (busy) return 'Stop';
  return outcome === undefined ? 'Cancel' : 'Close';
};

const Outcome = ({ outcome }: { readonly outcome: BackupOutcome }) =>
  outcome.outcome === 'refused' ? (
    <BackupProblemBanner problem={outcome.problem} />
  ) : (
    <>
      <Banner tone="good" testId="backup-good">
        <strong>This backup is good.</strong>{' '}
        {outcome.contents.withMail
          ? 'All keys work and every message in it can be opened.'
          : 'All keys in it work. It was made without mail.'}
      </Banner>
      <BackupContentsList contents={outcome.contents} />
    </>
  );
