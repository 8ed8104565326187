import { useState } from 'react';
import type { Identity } from '../../../shared/identity';
import { renewKey } from '../../actions/keys/change-own-key';
import { useNow } from '../../parts/use-now';
import { useTask } from '../../parts/use-task';
import { useServices } from '../../state/services';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/dialogs/Dialog';
import { Select } from '../../ui/fields/Select';
import { dayText } from '../../words/date-text';
import { keyExpiry, lastingOptions } from '../../words/key-life-words';
import type { KeyLasting } from '../../words/key-life-words';
import styles from './identities.module.css';

export type RenewKeyDialogProps = { readonly identity: Identity; readonly onClose: () => void };

/** Sets a new end of the key. */
export const RenewKeyDialog = ({ identity, onClose }: RenewKeyDialogProps) => {
  const services = useServices();
  const task = useTask();
  const [lasting, setLasting] = useState<KeyLasting>('two-years');
  const end = keyExpiry(lasting, useNow(60_000));
  const renew = () =>
    void task
      .run(() => renewKey(services, { identityId: identity.id, expiresAt: end }))
      .then((done) => done && onClose());
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Renew the key"
      description="The key stays the same; only its end changes. What others verified holds."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" busy={task.busy} onClick={renew} data-testid="renew-confirm">
            Renew
          </Button>
        </>
      }
      testId="renew-dialog"
    >
      <div className={styles.form}>
        <div className={styles.choice}>
          <span>How long from today?</span>
          <Select
            label="How long from today?"
            value={lasting}
            options={lastingOptions}
            onChange={setLasting}
            testId="renew-lasting"
          />
        </div>
        <p className={styles.soft}>
          {end === null
            ? 'It holds until you revoke it. If you ever lose it and cannot, people go on sealing mail to it that nobody can read.'
            : `It ends on ${dayText(end)} unless you renew it before. Your contacts get the new date by themselves.`}
        </p>
        {task.error !== undefined && <Banner tone="danger">{task.error}</Banner>}
      </div>
    </Dialog>
  );
};
