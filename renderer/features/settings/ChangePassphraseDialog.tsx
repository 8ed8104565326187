import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { rememberPassphrase } from '../../actions/profile/create-profile';
import { formatSpan } from '../../words/format';
import { NewPassphrase, passphraseProblem } from '../../parts/passphrase/NewPassphrase';
import type { TypedPassphrase } from '../../parts/passphrase/NewPassphrase';
import { useKeyring } from '../../parts/passphrase/use-keyring';
import { useNow } from '../../parts/use-now';
import { useTask } from '../../parts/use-task';
import { useServices } from '../../state/services';
import { showToast } from '../../state/toasts';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/dialogs/Dialog';
import { PasswordField } from '../../ui/fields/PasswordField';
import styles from './settings.module.css';

export type ChangePassphraseDialogProps = { readonly open: boolean; readonly onClose: () => void };

/** Asks for the present passphrase and a new one. */
export const ChangePassphraseDialog = ({ open, onClose }: ChangePassphraseDialogProps) => (
  <Dialog open={open} onOpenChange={onClose} title="Change passphrase" testId="change-passphrase-dialog">
    <ChangeForm onDone={onClose} />
  </Dialog>
);

const ChangeForm = ({ onDone }: { readonly onDone: () => void }) => {
  const services = useServices();
  const task = useTask();
  const { keyring } = useKeyring();
  const now = useNow(500);
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState<TypedPassphrase>({ passphrase: '', repeated: '' });
  const [tried, setTried] = useState(false);
  const [refusal, setRefusal] = useState<{ readonly words: string; readonly retryAt: number }>();
  const wait = Math.max(0, (refusal?.retryAt ?? 0) - now);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (current === '' || wait > 0 || passphraseProblem(next) !== undefined) return;
    void task.run(async () => {
      const result = await services.core.call('profile.changePassphrase', { current, next: next.passphrase });
      if (result.outcome !== 'unlocked') {
        setRefusal({
          words:
            result.outcome === 'wrong' ? 'That is not your present passphrase.' : 'Please wait before the next try.',
          retryAt: result.retryAt,
        });
        return;
      }
      if (keyring.remembered) await rememberPassphrase(services, next.passphrase);
      showToast({ text: 'Your passphrase was changed' });
      onDone();
    });
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <PasswordField
        label="Present passphrase"
        value={current}
        onChange={(event) => {
          setCurrent(event.target.value);
          setRefusal((former) => former && { ...former, words: '' });
        }}
        error={refusal?.words || (tried && current === '' ? 'Type your present passphrase.' : undefined)}
        autoFocus
        maxLength={1_024}
        data-testid="current-passphrase"
      />
      <NewPassphrase label="New passphrase" value={next} onChange={setNext} strict={tried} disabled={task.busy} />
      {task.error !== undefined && <Banner tone="danger">{task.error}</Banner>}
      <div className={styles.foot}>
        <span />
        <Button
          type="submit"
          tone="primary"
          busy={task.busy}
          disabled={wait > 0}
          data-testid="change-passphrase-confirm"
        >
          {wait > 0 ? `Try again in ${formatSpan(wait)}` : 'Change passphrase'}
        </Button>
      </div>
    </form>
  );
};
