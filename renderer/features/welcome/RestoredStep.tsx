import type { BackupContents } from '../../../shared/backup';
import type { Identity } from '../../../shared/identity';
import { BackupContentsList } from '../../parts/backup/BackupContentsList';
import { reachabilityWords } from '../../words/reachability-words';
import { useIdentities } from '../../queries/use-identities';
import { Badge } from '../../ui/Badge';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { localPartOf } from '../../words/address-text';
import { twoCopiesSentence } from '../../words/backup-words';
import styles from './steps.module.css';
import { WelcomeFrame } from './WelcomeFrame';

export type RestoredStepProps = { readonly contents: BackupContents; readonly onDone: () => void };

/** Says what came back, and why an address may keep quiet here at first. */
export const RestoredStep = ({ contents, onDone }: RestoredStepProps) => {
  const identities = useIdentities() ?? [];
  const elsewhere = identities.some(({ reachability }) => reachability === 'elsewhere');
  return (
    <WelcomeFrame title="Everything is back" lead="Posthorn is unlocked with the new passphrase from now on.">
      <div className={styles.form} data-testid="restored">
        <BackupContentsList contents={contents} />
        <ul className={styles.reach}>
          {identities.map((identity) => (
            <Reach key={identity.id} identity={identity} />
          ))}
        </ul>
        <Banner tone={elsewhere ? 'warning' : 'info'} testId="restored-elsewhere">
          {elsewhere ? <StillThere /> : <Looking />}
        </Banner>
        <Button tone="primary" size="large" wide autoFocus onClick={onDone} data-testid="welcome-done">
          Open my mailbox
        </Button>
      </div>
    </WelcomeFrame>
  );
};

const Reach = ({ identity }: { readonly identity: Identity }) => {
  const { title, tone } = reachabilityWords[identity.reachability];
  return (
    <li data-testid="restored-identity" data-reachability={identity.reachability}>
      <span>{identity.label || localPartOf(identity.address)}</span>
      <Badge tone={tone}>{title}</Badge>
    </li>
  );
};

const Looking = () => (
  <p>
    Before an address goes online here, Posthorn looks whether the copy that the backup was made of still is. That takes
    a minute or two; you need not wait.
  </p>
);

const StillThere = () => (
  <p>
    <strong>The other copy is still online.</strong> {twoCopiesSentence} So this one keeps quiet and goes online by
    itself within the hour after you quit Posthorn on the other computer, or let the identity appear offline there.
  </p>
);
