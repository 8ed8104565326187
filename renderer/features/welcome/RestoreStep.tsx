import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { BackupContents, BackupProblem } from '../../../shared/backup';
import { restoreBackup } from '../../actions/profile/restore-backup';
import { BackupProblemBanner } from '../../parts/backup/BackupProblemBanner';
import { BackupProgress } from '../../parts/backup/BackupProgress';
import { FileChoice } from '../../parts/FileChoice';
import { NewPassphrase, passphraseProblem } from '../../parts/passphrase/NewPassphrase';
import type { TypedPassphrase } from '../../parts/passphrase/NewPassphrase';
import { useBackupWork } from '../../parts/backup/use-backup-work';
import { useServices } from '../../state/services';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { PasswordField } from '../../ui/fields/PasswordField';
import styles from './steps.module.css';
import type { WelcomeWay } from './welcome-way';
import { WelcomeFrame } from './WelcomeFrame';
import { Ways } from './Ways';

export type RestoreStepProps = {
  readonly onWay: (way: WelcomeWay) => void;
  readonly onRestored: (contents: BackupContents) => void;
};

/** What the person gives for a restore, and the restore itself once all of it is there. */
const useRestore = (onRestored: RestoreStepProps['onRestored']) => {
  const services = useServices();
  const work = useBackupWork();
  const [file, setFile] = useState<File>();
  const [passphrase, setPassphrase] = useState('');
  const [typed, setTyped] = useState<TypedPassphrase>({ passphrase: '', repeated: '' });
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<BackupProblem>();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    setProblem(undefined);
    if (file === undefined || passphrase === '' || passphraseProblem(typed) !== undefined) return;
    work.run(async (watching) => {
      const outcome = await restoreBackup(services, {
        file,
        passphrase,
        profilePassphrase: typed.passphrase,
        ...watching,
      });
      if (outcome?.outcome === 'good') onRestored(outcome.contents);
      else setProblem(outcome?.problem);
    });
  };
  return { work, file, setFile, passphrase, setPassphrase, typed, setTyped, tried, problem, submit };
};

/** Makes this computer’s profile of a backup: the file, its passphrase, and a new one for here. */
export const RestoreStep = ({ onWay, onRestored }: RestoreStepProps) => {
  const { work, file, setFile, passphrase, setPassphrase, typed, setTyped, tried, problem, submit } =
    useRestore(onRestored);
  return (
    <WelcomeFrame
      title="Restore from a backup"
      lead="All identities, keys, contacts and mail that are in it come back on this computer."
      foot={<Foot work={work} onWay={onWay} />}
    >
      <form className={styles.form} onSubmit={submit} noValidate data-testid="restore-form">
        <FileChoice
          label="Choose the backup…"
          file={file}
          onChoose={setFile}
          error={tried && file === undefined ? 'Choose the file of the backup.' : undefined}
          disabled={work.busy}
          autoFocus
          testId="restore-file"
        />
        <PasswordField
          label="Passphrase of the backup"
          value={passphrase}
          onChange={(event) => setPassphrase(event.target.value)}
          error={tried && passphrase === '' ? 'Type the passphrase that was chosen for it.' : undefined}
          disabled={work.busy}
          maxLength={1_024}
          data-testid="restore-passphrase"
        />
        <NewPassphrase
          label="New passphrase for this computer"
          value={typed}
          onChange={setTyped}
          strict={tried}
          disabled={work.busy}
        />
        {problem !== undefined && <BackupProblemBanner problem={problem} />}
        {work.error !== undefined && <Banner tone="danger">{work.error}</Banner>}
        {work.moment !== undefined && <BackupProgress {...work.moment} />}
        <Button type="submit" tone="primary" size="large" wide busy={work.busy} data-testid="restore-confirm">
          {work.busy ? 'Restoring…' : 'Restore'}
        </Button>
      </form>
    </WelcomeFrame>
  );
};

type FootProps = Pick<RestoreStepProps, 'onWay'> & { readonly work: ReturnType<typeof useBackupWork> };

/** What the core restores it finishes; until then the person may think better of it. */
const Foot = ({ work, onWay }: FootProps) => {
  if (!work.busy) return <Ways way="backup" onWay={onWay} />;
  if (work.moment?.step !== 'send') return null;
  return (
    <Button tone="quiet" onClick={work.stop} data-testid="restore-stop">
      Stop
    </Button>
  );
};
