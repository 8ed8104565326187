import { RefreshCw } from 'lucide-react';
import type { Identity } from '../../../shared/identity';
import type { KeyLife } from '../../../shared/key-life';
import { rotateSubkey } from '../../actions/keys/change-own-key';
import { FingerprintGroups } from '../../parts/FingerprintGroups';
import { useNow } from '../../parts/use-now';
import { useTask } from '../../parts/use-task';
import { useServices } from '../../state/services';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { dayText } from '../../words/date-text';
import styles from './identities.module.css';
import { keyState } from './key-state';
import { KeyRow } from './KeyRow';
import type { SheetDialog } from './sheet-dialog';

export type KeyFactsProps = {
  readonly identity: Identity;
  readonly life: KeyLife;
  readonly onShow: (dialog: SheetDialog) => void;
};

/** The fingerprint, and until when each part of the key is good. */
export const KeyFacts = ({ identity, life, onShow }: KeyFactsProps) => {
  const now = useNow(60_000);
  const state = keyState(life, now);
  return (
    <>
      <div>
        <p className={styles.caption}>Key fingerprint</p>
        <div className={styles.line}>
          <FingerprintGroups fingerprint={life.fingerprint} />
          <Badge tone={state.tone}>{state.title}</Badge>
        </div>
      </div>
      <KeyRow
        title={
          life.expiresAt === undefined
            ? 'Does not expire'
            : `${life.expiresAt > now ? 'Expires' : 'Expired'} on ${dayText(life.expiresAt)}`
        }
        hint={`Made on ${dayText(life.createdAt)}. An end in sight lets a key that you have lost die by itself.`}
        testId="key-expiry"
      >
        <Button disabled={life.revoked} onClick={() => onShow('renew')} data-testid="renew-key">
          {life.expiresAt === undefined ? 'Let it expire…' : 'Renew…'}
        </Button>
      </KeyRow>
      <KeyRow
        title={`Vouched for by your onion until ${dayText(life.certificationExpiresAt)}`}
        hint={
          life.revoked
            ? 'It vouches for the revocation too.'
            : `Last on ${dayText(life.certifiedAt)}. This renews itself while Posthorn runs; there is nothing to do.`
        }
        testId="key-certified"
      />
      <EncryptionKey identity={identity} life={life} />
    </>
  );
};

const EncryptionKey = ({ identity, life: { subkey, revoked } }: Omit<KeyFactsProps, 'onShow'>) => {
  const services = useServices();
  const task = useTask();
  const next =
    subkey.rotatesAt === undefined
      ? 'It does not change by itself.'
      : `It changes by itself on ${dayText(subkey.rotatesAt)}.`;
  return (
    <KeyRow
      title={`Encryption key of ${dayText(subkey.createdAt)}`}
      hint={`Mail to you is sealed to it. ${next}`}
      testId="key-subkey"
    >
      <Button
        icon={RefreshCw}
        busy={task.busy}
        disabled={revoked}
        onClick={() => void task.run(() => rotateSubkey(services, { identityId: identity.id }))}
        data-testid="rotate-subkey"
      >
        Change it now
      </Button>
    </KeyRow>
  );
};
