import { BookUser, Lock, Luggage, ScanLine, Settings as Cog, SquarePen } from 'lucide-react';
import type { ReactNode } from 'react';
import { lockWindow } from '../../actions/profile/lock-window';
import { startMessage } from '../../actions/compose/start-message';
import { startScan } from '../../actions/cards/start-scan';
import { useKeepingRequests } from '../../queries/use-custody';
import { showView, useSelection } from '../../state/selection';
import { useServices } from '../../state/services';
import { Button } from '../../ui/Button';
import { Tooltip } from '../../ui/Tooltip';
import { AllInboxes } from './AllInboxes';
import { Folders } from './Folders';
import { Identities } from './Identities';
import styles from './Rail.module.css';
import { RailItem } from './RailItem';
import { SavedSearches } from './SavedSearches';

/** The left edge of the window: identities, folders, and the ways to everything else. `status` stands at its foot. */
export const Rail = ({ status }: { readonly status: ReactNode }) => (
  <nav className={styles.rail} aria-label="Mailboxes" data-pane="rail" data-testid="rail">
    <div className={styles.compose}>
      <Tooltip text="New message" shortcut="C" side="right">
        <Button tone="primary" wide icon={SquarePen} onClick={startMessage} data-testid="compose">
          New message
        </Button>
      </Tooltip>
    </div>
    <div className={styles.middle}>
      <AllInboxes />
      <Folders />
      <SavedSearches />
      <Identities />
    </div>
    <OtherPlaces />
    <div className={styles.status}>{status}</div>
  </nav>
);

/** The pages and dialogs beside the mail, and the lock. */
const OtherPlaces = () => {
  const services = useServices();
  const view = useSelection((selection) => selection.view);
  const asking = useKeepingRequests(useSelection((selection) => selection.identityId));
  return (
    <div className={styles.bottom}>
      <RailItem
        icon={BookUser}
        name="Contacts"
        shortcut="G C"
        current={view === 'contacts'}
        testId="open-contacts"
        onPress={() => showView('contacts')}
      />
      <RailItem
        icon={Luggage}
        name="While you are away"
        shortcut="G H"
        count={asking}
        unread
        countLabel={asking === 1 ? '1 request' : `${asking} requests`}
        current={view === 'holders'}
        testId="open-holders"
        onPress={() => showView('holders')}
      />
      <RailItem
        icon={ScanLine}
        name="Scan or show a card"
        shortcut="G Q"
        current={false}
        testId="open-scan"
        onPress={startScan}
      />
      <RailItem
        icon={Cog}
        name="Settings"
        shortcut="Ctrl+,"
        current={view === 'settings'}
        testId="open-settings"
        onPress={() => showView('settings')}
      />
      <RailItem
        icon={Lock}
        name="Lock the window"
        shortcut="Ctrl+L"
        current={false}
        testId="lock"
        onPress={() => void lockWindow(services)}
      />
    </div>
  );
};
