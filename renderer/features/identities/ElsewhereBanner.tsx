import { useState } from 'react';
import type { Identity } from '../../../shared/identity';
import { claimAddress } from '../../actions/profile/claim-address';
import { useCurrentIdentity } from '../../queries/use-identities';
import { useTask } from '../../parts/use-task';
import { useServices } from '../../state/services';
import { AlertDialog } from '../../ui/dialogs/AlertDialog';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { twoCopiesSentence } from '../../words/backup-words';
import styles from './identities.module.css';

/**
 * Says that another machine serves this identity (the one it was restored from, or a second copy), and what to do;
 * nothing for all others.
 */
export const ElsewhereBanner = ({ identity }: { readonly identity: Identity }) =>
  identity.reachability === 'elsewhere' ? <Explained identity={identity} /> : null;

/** The same about the identity whose mail is shown, across the window. */
export const CurrentElsewhere = ({ className }: { readonly className: string | undefined }) => {
  const identity = useCurrentIdentity();
  if (identity?.reachability !== 'elsewhere') return null;
  return (
    <div className={className}>
      <Explained identity={identity} />
    </div>
  );
};

const Explained = ({ identity }: { readonly identity: Identity }) => {
  const services = useServices();
  const task = useTask();
  const [asking, setAsking] = useState(false);
  const go = (evenIfElsewhere: boolean) =>
    void task.run(() => claimAddress(services, { identityId: identity.id, evenIfElsewhere }));
  return (
    <Banner tone="warning" testId="elsewhere-banner">
      <div className={styles.words}>
        <p>
          <strong>Another machine answers under this address.</strong> It is the one that this identity was restored
          from, or a second copy that runs at this moment. Mail may arrive there instead of here.
        </p>
        <p>
          Run it on one machine only: quit Posthorn there, or let the identity appear offline there, and this one
          receives all your mail by itself within the hour. If you have no other copy, somebody else may have your keys:
          make a new identity and tell your contacts that you move. You can write from here meanwhile.
        </p>
        <div className={styles.buttonsLeft}>
          <Button busy={task.busy} onClick={() => go(false)} data-testid="look-again">
            {task.busy ? 'Looking…' : 'Look again'}
          </Button>
          <Button tone="quiet" disabled={task.busy} onClick={() => setAsking(true)} data-testid="go-online-anyway">
            Go online here anyway…
          </Button>
        </div>
      </div>
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title="Go online although the other machine is?"
        confirm="Go online here"
        tone="danger"
        onConfirm={() => {
          setAsking(false);
          go(true);
        }}
        text={
          <div className={styles.words}>
            <p>{twoCopiesSentence}</p>
            <p>
              Keys that change in one copy are unknown to the other, which then cannot open mail sealed to them. Do this
              only when the other computer is lost and cannot be stopped.
            </p>
          </div>
        }
      />
    </Banner>
  );
};
