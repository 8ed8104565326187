import { KeyRound, Lock } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode, SubmitEvent } from 'react';
import type { UnlockOutcome } from '../../../shared/contract/core-contract';
import { lockProfile } from '../../actions/profile/lock-profile';
import { rememberPassphrase } from '../../actions/profile/create-profile';
import { unlockFromKeyring } from '../../actions/profile/unlock-from-keyring';
import { arrivedWords } from '../../words/desktop/desktop-words';
import { formatSpan } from '../../words/format';
import { useKeyring } from '../../parts/passphrase/use-keyring';
import { useNow } from '../../parts/use-now';
import { useTask } from '../../parts/use-task';
import { useProfile } from '../../state/profile';
import { useServices } from '../../state/services';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { PasswordField } from '../../ui/fields/PasswordField';
import { Switch } from '../../ui/fields/Switch';
import styles from './steps.module.css';
import { UpgradePage } from './UpgradePage';
import { WelcomeFrame } from './WelcomeFrame';

type Refusal = UnlockOutcome['outcome'] | 'forgotten';

const refusalWords: Readonly<Record<Refusal, string | undefined>> = {
  unlocked: undefined,
  wrong: 'That passphrase is not right.',
  delayed: 'Please wait a moment before the next try.',
  forgotten: 'The keyring no longer has the passphrase. Please type it.',
};

type Tried = UnlockOutcome | { readonly outcome: 'forgotten' };

/** Tries to unlock, by the typed passphrase or by the keyring's, and says what came of it. */
const useUnlock = (passphrase: string, remember: boolean) => {
  const services = useServices();
  const task = useTask();
  const wait = useWait();
  const field = useRef<HTMLInputElement>(null);
  const [refusal, setRefusal] = useState<Refusal>();
  const tryWith = (work: () => Promise<Tried>) =>
    void task.run(async () => {
      const result = await work();
      setRefusal(result.outcome);
      if ('retryAt' in result) wait.until(result.retryAt);
      if (result.outcome === 'unlocked' && remember) await rememberPassphrase(services, passphrase);
      if (result.outcome !== 'unlocked') field.current?.select();
    });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (passphrase !== '' && wait.left === 0) tryWith(() => services.core.call('profile.unlock', { passphrase }));
  };
  const fromKeyring = () => tryWith(() => unlockFromKeyring(services));
  useEffect(() => field.current?.focus(), []);
  return { task, field, refusal, left: wait.left, submit, fromKeyring };
};

/** Asks for the passphrase of a locked profile; wrong tries cost a growing wait that is counted down. */
export const UnlockPage = () => {
  const { keyring } = useKeyring();
  const [passphrase, setPassphrase] = useState('');
  const [remember, setRemember] = useState(false);
  const { task, field, refusal, left, submit, fromKeyring } = useUnlock(passphrase, remember);
  const waiting = left > 0;
  return (
    <LockedFrame>
      <form className={styles.form} onSubmit={submit} noValidate data-testid="unlock-form">
        <PasswordField
          ref={field}
          label="Passphrase"
          size="large"
          value={passphrase}
          onChange={(event) => setPassphrase(event.target.value)}
          error={refusal === undefined ? undefined : refusalWords[refusal]}
          maxLength={1_024}
          data-testid="unlock-passphrase"
        />
        {task.error !== undefined && <Banner tone="danger">{task.error}</Banner>}
        {keyring.available && !keyring.remembered && (
          <Switch
            label="Remember in this computer’s keyring"
            checked={remember}
            onChange={setRemember}
            testId="remember-passphrase"
          />
        )}
        <Button type="submit" tone="primary" size="large" wide busy={task.busy} disabled={waiting} data-testid="unlock">
          {unlockLabel(task.busy, left)}
        </Button>
        {keyring.remembered && (
          <Button
            icon={KeyRound}
            wide
            disabled={task.busy || waiting}
            onClick={fromKeyring}
            data-testid="unlock-with-keyring"
          >
            Unlock with the keyring
          </Button>
        )}
        <p className={styles.aside} role="status" data-testid="unlock-wait">
          {waiting ? 'Every wrong try makes the wait longer, so that nobody can guess quickly.' : ''}
        </p>
      </form>
    </LockedFrame>
  );
};

/** The page around the form: what is locked, and what goes on. */
const LockedFrame = ({ children }: { readonly children: ReactNode }) => {
  const receiving = useProfile((profile) => profile.receiving);
  const upgrade = useProfile((profile) => profile.upgrade);
  if (upgrade) return <UpgradePage percent={upgrade.percent} />;
  return receiving ? (
    <WelcomeFrame
      title="The window is locked"
      lead={<ReceivingLead arrived={receiving.arrived} />}
      foot={<LockEverything />}
    >
      {children}
    </WelcomeFrame>
  ) : (
    <WelcomeFrame title="Posthorn is locked" lead={sealedWords}>
      {children}
    </WelcomeFrame>
  );
};

const sealedWords =
  'Your mail and keys are sealed on this computer. While Posthorn is locked nothing is sent or received.';

const ReceivingLead = ({ arrived }: { readonly arrived: number }) => (
  <>
    Mail goes on arriving, and this window knows nothing of it but how much.{' '}
    <strong data-testid="arrived-count">{arrivedWords(arrived)}</strong>
  </>
);

const LockEverything = () => {
  const services = useServices();
  return (
    <Button tone="quiet" icon={Lock} onClick={() => void lockProfile(services)} data-testid="lock-everything">
      Lock everything: no mail arrives
    </Button>
  );
};

const unlockLabel = (busy: boolean, left: number): string => {
  if (busy) return 'Unlocking…';
  return left > 0 ? `Try again in ${formatSpan(left)}` : 'Unlock';
};

/** Milliseconds until the next try is allowed, from this page's last try or from before it was opened. */
const useWait = (): { readonly left: number; readonly until: (moment: number) => void } => {
  const stored = useProfile((profile) => profile.retryAt);
  const [moment, until] = useState(0);
  const now = useNow(250);
  return { left: Math.max(0, Math.max(moment, stored ?? 0) - now), until };
};
