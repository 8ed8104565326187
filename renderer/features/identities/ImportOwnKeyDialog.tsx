import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { Identity } from '../../../shared/identity';
import type { ImportProblem } from '../../../shared/key-life';
import { importOwnKey } from '../../actions/keys/import-own-key';
import { FileChoice } from '../../parts/FileChoice';
import { useTask } from '../../parts/use-task';
import { useServices } from '../../state/services';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/dialogs/Dialog';
import { PasswordField } from '../../ui/fields/PasswordField';
import { importProblemWords } from '../../words/key-life-words';
import styles from './identities.module.css';

export type ImportOwnKeyDialogProps = { readonly identity: Identity; readonly onClose: () => void };

/** Makes a key of another program this identity’s key: first what that gives away, then the file. */
export const ImportOwnKeyDialog = (props: ImportOwnKeyDialogProps) => {
  const [understood, setUnderstood] = useState(false);
  return understood ? <ChooseKey {...props} /> : <Linked {...props} onUnderstood={() => setUnderstood(true)} />;
};

const Linked = ({ onClose, onUnderstood }: ImportOwnKeyDialogProps & { readonly onUnderstood: () => void }) => (
  <Dialog
    open
    onOpenChange={onClose}
    title="Use a key you have already"
    footer={
      <>
        <Button onClick={onClose}>Cancel</Button>
        <Button tone="primary" onClick={onUnderstood} data-testid="import-understood">
          Go on
        </Button>
      </>
    }
    testId="import-own-dialog"
  >
    <div className={styles.words}>
      <Banner tone="warning">
        <strong>This links you.</strong> A key is the same wherever it is used. Whoever has seen it elsewhere, on a key
        server, in your e-mail or under your name, will know that this address is yours. That can never be taken back.
      </Banner>
      <p>
        A key that Posthorn makes is used nowhere else. Go on only if people are meant to recognise you by a key that
        they know.
      </p>
      <ul className={styles.list}>
        <li>Names and addresses on the key stay in the other program; only the key itself is used.</li>
        <li>Your contacts see “Key changed”, and that your present key signs for the new one.</li>
        <li>Your present key is kept, so that old mail can be opened.</li>
      </ul>
    </div>
  </Dialog>
);

/** The chosen file and its passphrase, and the import itself. */
const useImport = ({ identity, onClose }: ImportOwnKeyDialogProps) => {
  const services = useServices();
  const task = useTask();
  const [file, setFile] = useState<File>();
  const [passphrase, setPassphrase] = useState('');
  const [problem, setProblem] = useState<ImportProblem>();
  const [tried, setTried] = useState(false);
  const choose = (chosen: File | undefined) => {
    setFile(chosen);
    setProblem(undefined);
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (file === undefined) return;
    void task.run(async () => {
      const refused = await importOwnKey(services, { identityId: identity.id, file, passphrase });
      setProblem(refused);
      if (refused === undefined) onClose();
    });
  };
  return { task, file, choose, passphrase, setPassphrase, problem, tried, submit };
};

const ChooseKey = ({ identity, onClose }: ImportOwnKeyDialogProps) => {
  const { task, file, choose, passphrase, setPassphrase, problem, tried, submit } = useImport({ identity, onClose });
  const ofPassphrase = problem === 'passphrase-needed' || problem === 'passphrase-wrong';
  const footer = (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button type="submit" form="import-own" tone="primary" busy={task.busy} data-testid="import-own-confirm">
        Use this key
      </Button>
    </>
  );
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Use a key you have already"
      description="The file with the secret key, as GnuPG and Thunderbird export it."
      footer={footer}
      testId="import-own-dialog"
    >
      <form id="import-own" className={styles.form} onSubmit={submit} noValidate>
        <FileChoice
          label="Choose the key…"
          file={file}
          accept=".asc,.gpg,.pgp,.key,.txt"
          onChoose={choose}
          error={tried && file === undefined ? 'Choose the file with your secret key.' : undefined}
          disabled={task.busy}
          autoFocus
          testId="import-own-file"
        />
        <PasswordField
          label="Passphrase of this key"
          hint="The one that it has in the other program. Leave it empty if it has none."
          value={passphrase}
          onChange={(event) => setPassphrase(event.target.value)}
          error={ofPassphrase ? importProblemWords[problem] : undefined}
          disabled={task.busy}
          maxLength={1_024}
          data-testid="import-own-passphrase"
        />
        {problem !== undefined && !ofPassphrase && <Refused sentence={importProblemWords[problem]} />}
        {task.error !== undefined && <Banner tone="danger">{task.error}</Banner>}
      </form>
    </Dialog>
  );
};

const Refused = ({ sentence }: { readonly sentence: string }) => (
  <Banner tone="danger" testId="import-problem">
    {sentence} Nothing was changed.
  </Banner>
);
