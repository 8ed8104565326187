import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { createProfile } from '../../actions/profile/create-profile';
import { NewPassphrase, passphraseProblem } from '../../parts/passphrase/NewPassphrase';
import type { TypedPassphrase } from '../../parts/passphrase/NewPassphrase';
import { useKeyring } from '../../parts/passphrase/use-keyring';
import { useTask } from '../../parts/use-task';
import { useServices } from '../../state/services';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { ProgressBar } from '../../ui/ProgressBar';
import { Switch } from '../../ui/fields/Switch';
import styles from './steps.module.css';
import { WelcomeFrame } from './WelcomeFrame';
import type { WelcomeWay } from './welcome-way';
import { Ways } from './Ways';

const words = {
  new: {
    title: 'Welcome to Posthorn',
    lead: 'Mail that goes straight from your computer to theirs, over Tor. Every message is sealed and signed, and no mail server ever sees it.',
  },
  paper: {
    title: 'Restore an address from paper',
    lead: 'First a passphrase that locks everything on this computer; then the 24 words of your paper key.',
  },
} as const;

export type PassphraseStepProps = {
  readonly way: Exclude<WelcomeWay, 'backup'>;
  readonly onWay: (way: WelcomeWay) => void;
};

/** First step: choose the passphrase under which everything on this computer is locked. */
export const PassphraseStep = ({ way, onWay }: PassphraseStepProps) => {
  const services = useServices();
  const task = useTask();
  const { keyring } = useKeyring();
  const [typed, setTyped] = useState<TypedPassphrase>({ passphrase: '', repeated: '' });
  const [remember, setRemember] = useState(false);
  const [tried, setTried] = useState(false);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (passphraseProblem(typed) !== undefined) return;
    void task.run(() => createProfile(services, { passphrase: typed.passphrase, remember }));
  };
  return (
    <WelcomeFrame {...words[way]} step={1} foot={!task.busy && <Ways way={way} onWay={onWay} />}>
      <form className={styles.form} onSubmit={submit} noValidate data-testid="welcome-passphrase-form">
        <NewPassphrase
          label="Choose a passphrase"
          value={typed}
          onChange={setTyped}
          strict={tried}
          disabled={task.busy}
          autoFocus
        />
        <Banner tone="warning">
          <strong>There is no reset.</strong> Nobody can open your mail without this passphrase, and nobody can give you
          a new one.
        </Banner>
        {keyring.available && (
          <Switch
            label="Remember in this computer’s keyring"
            hint="Unlocks by itself when you are logged in here."
            checked={remember}
            disabled={task.busy}
            onChange={setRemember}
            testId="remember-passphrase"
          />
        )}
        {task.error !== undefined && <Banner tone="danger">{task.error}</Banner>}
        {task.busy && <Hardening />}
        <Button type="submit" tone="primary" size="large" wide busy={task.busy} data-testid="create-profile">
          {task.busy ? 'Locking your vault…' : 'Continue'}
        </Button>
      </form>
    </WelcomeFrame>
  );
};

/** Argon2id takes a moment on purpose; say so instead of seeming stuck. */
const Hardening = () => (
  <div className={styles.progress} role="status">
    <ProgressBar value={null} label="Hardening the passphrase" />
    <p>Hardening the passphrase. This takes a moment, so that guessing takes for ever.</p>
  </div>
);
