import { useState } from 'react';
import type { Identity } from '../../../shared/identity';
import type { KeyLife, KeyPolicy } from '../../../shared/key-life';
import { setKeyPolicy, showVouchers } from '../../actions/keys/change-own-key';
import { useServices } from '../../state/services';
import { AlertDialog } from '../../ui/dialogs/AlertDialog';
import { Select } from '../../ui/fields/Select';
import { Switch } from '../../ui/fields/Switch';
import { destroyedAtOnce, keepingOptions, keepingSentence, rotationOptions } from '../../words/key-life-words';
import styles from './identities.module.css';
import { KeyRow } from './KeyRow';
import { RetiredKeys } from './RetiredKeys';

export type KeyAgeingProps = { readonly identity: Identity; readonly life: KeyLife };

/** How often the encryption key changes, what becomes of old ones, and what the key tells others. */
export const KeyAgeing = ({ identity, life }: KeyAgeingProps) => {
  const services = useServices();
  const [asked, setAsked] = useState<{ readonly policy: KeyPolicy; readonly count: number }>();
  const { policy } = life;
  const save = (next: KeyPolicy) => void setKeyPolicy(services, { identityId: identity.id, policy: next });
  const choose = (change: Partial<KeyPolicy>) => {
    const next = { ...policy, ...change };
    const count = destroyedAtOnce({ policy: next, retired: life.retired, now: Date.now() });
    if (count > 0) setAsked({ policy: next, count });
    else save(next);
  };
  return (
    <>
      <KeyRow
        title="Change the encryption key by itself"
        hint="A new one limits how much mail a stolen key can open. Your contacts get it by themselves."
      >
        <Select
          label="Change the encryption key by itself"
          value={String(policy.rotateEveryDays)}
          options={rotationOptions(policy)}
          onChange={(days) => choose({ rotateEveryDays: Number(days) })}
          testId="key-rotation"
        />
      </KeyRow>
      <div className={styles.words}>
        <KeyRow title="Old keys" hint={<span data-testid="key-keeping-words">{keepingSentence(policy)}</span>}>
          <Select
            label="Old keys"
            value={String(policy.keepOldDays)}
            options={keepingOptions(policy)}
            onChange={(days) => choose({ keepOldDays: Number(days) })}
            testId="key-keeping"
          />
        </KeyRow>
        <RetiredKeys retired={life.retired} />
      </div>
      <Switch
        label="Show who vouches for me"
        hint="The key that others get carries the certifications of people who made sure of you. Strangers can then trust you through them, and everybody who gets your key learns that you know each other."
        checked={life.showsVouchers}
        onChange={(shown) => void showVouchers(services, { identityId: identity.id, shown })}
        testId="show-vouchers"
      />
      {asked !== undefined && (
        <DestroyQuestion
          count={asked.count}
          onClose={() => setAsked(undefined)}
          onConfirm={() => {
            save(asked.policy);
            setAsked(undefined);
          }}
        />
      )}
    </>
  );
};

type DestroyQuestionProps = {
  readonly count: number;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
};

/** Asked when a shorter time would destroy old keys at once. */
const DestroyQuestion = ({ count, onClose, onConfirm }: DestroyQuestionProps) => (
  <AlertDialog
    open
    onOpenChange={onClose}
    title={count === 1 ? 'Destroy 1 old key now?' : `Destroy ${count} old keys now?`}
    text="They are older than the time that you chose. Mail that still comes sealed to them can never be opened. This cannot be undone."
    confirm="Destroy"
    tone="danger"
    onConfirm={onConfirm}
  />
);
