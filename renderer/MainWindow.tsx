import { useEffect } from 'react';
import type { CSSProperties, ReactNode } from 'react';
import { followCustody } from './actions/custody/follow-custody';
import { ConfirmationDialog } from './ConfirmationDialog';
import { CardDialogs } from './features/cards/CardDialogs';
import { Composer } from './features/composer/Composer';
import { ContactsPage } from './features/contacts/ContactsPage';
import { HolderBanners } from './features/custody/HolderBanners';
import { CustodyPage } from './features/custody/CustodyPage';
import { CurrentElsewhere } from './features/identities/ElsewhereBanner';
import { IdentitySheet } from './features/identities/IdentitySheet';
import { NewIdentityPage } from './features/identities/NewIdentityPage';
import { Picker } from './features/mailboxes/Picker';
import { Rail } from './features/mailboxes/Rail';
import { Reader } from './features/reader/Reader';
import { SettingsPage } from './features/settings/SettingsPage';
import { ShortcutSheet } from './features/shortcuts/ShortcutSheet';
import { useShortcuts } from './features/shortcuts/use-shortcuts';
import { ThreadList } from './features/thread-list/ThreadList';
import { CatchUpBar } from './features/tor-status/CatchUpBar';
import { TorStatusBar } from './features/tor-status/TorStatusBar';
import { TrustPage } from './features/trust-graph/TrustPage';
import styles from './MainWindow.module.css';
import { NewMailAnnouncer } from './NewMailAnnouncer';
import { Splitter } from './Splitter';
import { useCompose } from './state/compose';
import { useConnection } from './state/connection';
import { useLayout } from './state/layout';
import { useSelection } from './state/selection';
import type { View } from './state/selection';
import { useServices } from './state/services';
import { Banner } from './ui/Banner';

const Mail = () => {
  const width = useLayout((layout) => layout.listWidth);
  // A custom property is not in React's own list of style names.
  const style = { '--list-width': `${String(width)}px` } as CSSProperties;
  return (
    <div className={styles.mail} style={style}>
      <div className={styles.list}>
        <ThreadList />
      </div>
      <Splitter />
      <div className={styles.reader}>
        <Reader />
      </div>
    </div>
  );
};

const Aside = ({ children }: { readonly children: ReactNode }) => (
  <div className={styles.page} data-pane="page">
    {children}
  </div>
);

const pages: Readonly<Record<View, () => ReactNode>> = {
  mail: () => (
    <>
      <HolderBanners />
      <Mail />
    </>
  ),
  contacts: () => (
    <Aside>
      <ContactsPage />
    </Aside>
  ),
  trust: () => (
    <Aside>
      <TrustPage />
    </Aside>
  ),
  holders: () => (
    <Aside>
      <CustodyPage />
    </Aside>
  ),
  settings: () => (
    <Aside>
      <SettingsPage />
    </Aside>
  ),
  'new-identity': () => (
    <Aside>
      <NewIdentityPage />
    </Aside>
  ),
};

const LostBanner = () => {
  const connected = useConnection((connection) => connection.connected);
  if (connected) return null;
  return (
    <div className={styles.lost}>
      <Banner tone="warning" testId="core-lost">
        The mail service stopped and is being restarted. Nothing that was sent or received is lost.
      </Banner>
    </div>
  );
};

/** The window of an unlocked profile: rail, page, and the composers that lie over it. */
export const MainWindow = () => {
  useShortcuts();
  const services = useServices();
  useEffect(() => followCustody(services), [services]);
  const view = useSelection((selection) => selection.view);
  const composers = useCompose((compose) => compose.composers);
  return (
    <div className={styles.window} data-testid="main-window">
      <Rail
        status={
          <>
            <CatchUpBar />
            <TorStatusBar />
          </>
        }
      />
      <main className={styles.main}>
        <LostBanner />
        <CurrentElsewhere className={styles.lost} />
        {pages[view]()}
      </main>
      {composers.map(({ composeId }) => (
        <Composer key={composeId} composeId={composeId} />
      ))}
      <IdentitySheet />
      <CardDialogs />
      <Picker />
      <ShortcutSheet />
      <ConfirmationDialog />
      <NewMailAnnouncer />
    </div>
  );
};
