import { useState } from 'react';
import type { Identity } from '../../../shared/identity';
import type { RevocationReason } from '../../../shared/key-life';
import { revokeKey } from '../../actions/keys/change-own-key';
import { FullAddress } from '../../parts/FullAddress';
import { useTask } from '../../parts/use-task';
import { useServices } from '../../state/services';
import { AlertDialog } from '../../ui/dialogs/AlertDialog';
import { Banner } from '../../ui/Banner';
import { Select } from '../../ui/fields/Select';
import { TextField } from '../../ui/fields/TextField';
import { revocationReasons } from '../../words/key-life-words';
import styles from './identities.module.css';

export type RevokeKeyDialogProps = { readonly identity: Identity; readonly onClose: () => void };

/**
 * Declares the key invalid for ever: says what happens and has the address repeated, so that no slip of a hand does it.
 */
export const RevokeKeyDialog = ({ identity, onClose }: RevokeKeyDialogProps) => {
  const services = useServices();
  const task = useTask();
  const [reason, setReason] = useState<RevocationReason>('compromised');
  const [typed, setTyped] = useState('');
  const matches = typed.replace(/\s/gu, '') === identity.address;
  const revoke = () =>
    void task
      .run(() => revokeKey(services, { identityId: identity.id, reason, confirmAddress: identity.address }))
      .then((done) => done && onClose());
  return (
    <AlertDialog
      open
      onOpenChange={onClose}
      title="Revoke the key?"
      confirm="Revoke for ever"
      tone="danger"
      disabled={!matches}
      busy={task.busy}
      onConfirm={revoke}
      text={<WhatHappens />}
    >
      <form
        className={styles.form}
        style={{ marginTop: 'var(--space-4)' }}
        onSubmit={(event) => {
          event.preventDefault();
          if (matches) revoke();
        }}
      >
        <div className={styles.choice}>
          <span>Why?</span>
          <Select label="Why?" value={reason} options={revocationReasons} onChange={setReason} testId="revoke-reason" />
        </div>
        <p className={styles.soft}>{revocationReasons.find(({ value }) => value === reason)?.hint}</p>
        <FullAddress address={identity.address} />
        <TextField
          label="Type or paste this address to confirm"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          maxLength={200}
          mono
          data-testid="revoke-address"
        />
        {task.error !== undefined && <Banner tone="danger">{task.error}</Banner>}
      </form>
    </AlertDialog>
  );
};

const WhatHappens = () => (
  <div className={styles.words}>
    <p>This cannot be undone.</p>
    <ul className={styles.list}>
      <li>Whoever asks your onion for your key learns that it is revoked.</li>
      <li>Nobody can write to you until you replace it by a new one.</li>
      <li>Your address, your mail and your contacts stay.</li>
    </ul>
  </div>
);
