import { RotateCw, ScanLine, Waypoints } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Contact } from '../../../shared/contact';
import type { Identity } from '../../../shared/identity';
import { useContacts, useNames } from '../../queries/use-contacts';
import { useCurrentIdentity } from '../../queries/use-identities';
import { useTrustGraph } from '../../queries/use-trust-graph';
import { openScan } from '../../state/card-dialogs';
import { showContact } from '../../state/contact-page';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Spinner } from '../../ui/Spinner';
import { foundPeople } from './web/found-people';
import { countText } from './web/kind-words';
import { PersonPanel } from './PersonPanel';
import { TrustHead } from './TrustHead';
import { TrustList } from './TrustList';
import styles from './TrustPage.module.css';
import { TrustPicture } from './picture/TrustPicture';
import { useTrustPage } from './trust-page-state';
import { useScreenReader } from './use-screen-reader';
import { useLayOut, useWeb } from './web/use-web';
import type { Web } from './web/web';

/** Width of the panel that tells of whoever is chosen. */
const PANEL_WIDTH = 300;

/** The web of trust around the present identity: who vouches for whom. */
export const TrustPage = () => {
  const identity = useCurrentIdentity();
  if (identity === undefined) return null;
  return <WebOfTrust key={identity.id} identity={identity} />;
};

const WebOfTrust = ({ identity }: { readonly identity: Identity }) => {
  const contacts = useContacts(identity.id);
  const { graph, failed, retry } = useTrustGraph(identity.id);
  const web = useWeb(graph, contacts);
  const isRead = useScreenReader();
  return (
    <div className={styles.page} data-testid="trust-page">
      {failed && (
        <Banner
          tone="warning"
          testId="trust-failed"
          action={
            <Button icon={RotateCw} onClick={retry}>
              Try again
            </Button>
          }
        >
          {web === undefined
            ? 'The web of trust could not be read.'
            : 'The web of trust could not be read again; this is how it was before.'}{' '}
          Your keys and your mail are as they were.
        </Banner>
      )}
      {web === undefined || contacts === undefined || isRead === undefined ? (
        !failed && (
          <div className={styles.waiting}>
            <Spinner />
          </div>
        )
      ) : (
        <Shown web={web} contacts={contacts} identity={identity} isRead={isRead} />
      )}
    </div>
  );
};

type ShownProps = {
  readonly web: Web;
  readonly contacts: readonly Contact[];
  readonly identity: Identity;
  readonly isRead: boolean;
};

const Shown = (props: ShownProps) =>
  props.web.people.length > 1 ? <Somebody {...props} /> : <NobodyYet identity={props.identity} />;

const Somebody = ({ web, contacts, identity, isRead }: ShownProps) => {
  const { mode = isRead ? 'list' : 'picture', withUnbelieved } = useTrustPage();
  const laidOut = useLayOut(web, withUnbelieved);
  const nameOf = useNames(identity.id);
  const [chosenKey, setChosenKey] = useState<string>();
  const [search, setSearch] = useState('');
  const person = web.people.find(({ key, at }) => key === chosenKey && laidOut.shown.has(at));
  const contact = person && contacts.find(({ address }) => address === person.address);
  const choose = (at: number | undefined) => setChosenKey(at === undefined ? undefined : web.people[at]?.key);
  const open = () => {
    if (contact) showContact(contact.id);
    else document.querySelector<HTMLElement>('[data-testid="trust-person"] button')?.focus();
  };
  const listed = useMemo(() => {
    const shown = web.people.filter(({ at }) => laidOut.shown.has(at));
    return search.trim() === '' ? shown : foundPeople(shown, search);
  }, [web, laidOut, search]);
  const close = () => {
    choose(undefined);
    document.querySelector<HTMLElement>(`[data-testid="trust-${mode}"]`)?.focus();
  };
  const common = { web, chosen: person?.at, onChoose: choose, onOpen: open };
  return (
    <>
      <TrustHead
        web={web}
        identity={identity}
        laidOut={laidOut}
        mode={mode}
        withUnbelieved={withUnbelieved}
        search={search}
        onSearch={setSearch}
        onChoose={choose}
      />
      <div className={styles.body} data-mode={mode}>
        {mode === 'picture' ? (
          <TrustPicture {...common} {...laidOut} covered={person ? PANEL_WIDTH : 0} />
        ) : (
          <TrustList {...common} people={listed} />
        )}
        {person && (
          <div className={styles.panel}>
            <PersonPanel
              key={person.key}
              web={web}
              person={person}
              contact={contact}
              identityId={identity.id}
              nameOf={nameOf}
              onChoose={choose}
              onClose={close}
            />
          </div>
        )}
      </div>
      <Omitted count={web.omitted} />
    </>
  );
};

const Omitted = ({ count }: { readonly count: number }) =>
  count > 0 && (
    <p className={styles.omitted}>
      {countText(count)} whom no certification leads to {count === 1 ? 'is' : 'are'} left out.
    </p>
  );

const NobodyYet = ({ identity }: { readonly identity: Identity }) => (
  <EmptyState
    icon={Waypoints}
    title="Your web of trust begins with you"
    text="Scan somebody’s code when you meet: that verifies them, and draws the first line from you. Whom they vouch for appears around them once you trust their introductions."
    action={
      <Button
        tone="primary"
        icon={ScanLine}
        onClick={() => openScan({ identityId: identity.id })}
        data-testid="trust-scan-first"
      >
        Scan a code
      </Button>
    }
    testId="trust-empty"
  />
);
