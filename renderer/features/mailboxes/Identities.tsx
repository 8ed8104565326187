import { Plus, QrCode } from 'lucide-react';
import { folderCounts } from '../../../shared/mailbox';
import { useIdentities } from '../../queries/use-identities';
import { openIdentitySheet } from '../../state/identity-sheet';
import { useMailboxes } from '../../state/mailboxes';
import { showIdentity, showView, useSelection } from '../../state/selection';
import { IconButton } from '../../ui/IconButton';
import { IdentityItem } from './IdentityItem';
import styles from './Rail.module.css';

/** The person's identities, to switch between. */
export const Identities = () => {
  const identities = useIdentities() ?? [];
  const chosen = useSelection((selection) => selection.identityId);
  const mailboxes = useMailboxes(({ byIdentity }) => byIdentity);
  return (
    <section aria-label="Identities">
      <div className={styles.headingRow}>
        <h2 className={styles.heading}>Identities</h2>
        {chosen !== undefined && (
          <IconButton
            icon={QrCode}
            label="Address and details"
            size="small"
            data-testid="identity-details"
            onClick={() => openIdentitySheet(chosen)}
          />
        )}
        <IconButton
          icon={Plus}
          label="New identity"
          size="small"
          data-testid="new-identity"
          onClick={() => showView('new-identity')}
        />
      </div>
      <ul>
        {identities.map((identity, index) => (
          <li key={identity.id}>
            <IdentityItem
              identity={identity}
              position={index + 1}
              unread={folderCounts(mailboxes[identity.id] ?? []).inbox}
              current={identity.id === chosen}
              onPress={() => showIdentity(identity.id)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
};
