import type { ProgramAccess } from '../../../../shared/programs/mail-program';
import { useNow } from '../../../parts/use-now';
import { useIdentities } from '../../../queries/use-identities';
import { PeerText } from '../../../ui/PeerText';
import { connectionText } from './program-words';
import { identityName } from './identity-name';
import settings from '../settings.module.css';
import styles from './programs.module.css';

const MINUTE_MS = 60_000;

/** Who is connected now. */
export const ConnectedList = ({ access: { programs, connections } }: { readonly access: ProgramAccess }) => {
  const now = useNow(MINUTE_MS);
  const identities = useIdentities() ?? [];
  return (
    <div className={settings.form} data-testid="programs-connected">
      <h3 className={styles.subtitle}>Connected now</h3>
      {connections.length === 0 ? (
        <p className={settings.hint}>Nobody. A program shows here as long as it is connected.</p>
      ) : (
        <ul className={styles.connections} aria-label="Connected now">
          {connections.map((connection, index) => {
            const identity = identities.find(({ id }) => id === connection.identityId);
            return (
              <li key={index} className={settings.hint}>
                <strong>
                  <PeerText text={programs.find(({ id }) => id === connection.programId)?.name ?? ''} />
                </strong>
                {connection.clientName !== undefined && (
                  <>
                    {' '}
                    (<PeerText text={connection.clientName} />)
                  </>
                )}{' '}
                {connectionText(connection, { identity: identity ? identityName(identity) : '', now })}
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
};
