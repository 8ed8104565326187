import { PageSection } from '../../parts/PageFrame';
import { useIdentities } from '../../queries/use-identities';
import { openIdentitySheet } from '../../state/identity-sheet';
import { showView } from '../../state/selection';
import { Button } from '../../ui/Button';
import { localPartOf, shortAddress } from '../../words/address-text';
import styles from './settings.module.css';

/** The way to every identity's address, keys and deletion. */
export const IdentitiesSection = () => {
  const identities = useIdentities() ?? [];
  return (
    <PageSection title="Your identities">
      {identities.map((identity) => (
        <div key={identity.id} className={styles.row}>
          <div className={styles.identity} data-colour={identity.colour}>
            <span className={styles.dot} aria-hidden />
            <div className={styles.words}>
              <p className={styles.title}>{identity.label || localPartOf(identity.address)}</p>
              <p className={styles.hint}>{shortAddress(identity.address)}</p>
            </div>
          </div>
          <Button
            onClick={() => openIdentitySheet(identity.id)}
            aria-label={`Details of ${identity.label || localPartOf(identity.address)}`}
            data-testid="settings-identity"
          >
            Details
          </Button>
        </div>
      ))}
      <div>
        <Button onClick={() => showView('new-identity')}>New identity</Button>
      </div>
    </PageSection>
  );
};
