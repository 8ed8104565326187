import { Download, Ellipsis, QrCode, RotateCw } from 'lucide-react';
import { useState } from 'react';
import { loadCustody } from '../../actions/custody/follow-custody';
import { collectMail } from '../../actions/custody/collect-mail';
import type { Contact } from '../../../shared/contact';
import type { CustodyOverview, MailClient } from '../../../shared/custody';
import type { IdentityId } from '../../../shared/ids';
import { PageFrame, PageSection } from '../../parts/PageFrame';
import { useContacts, useNames } from '../../queries/use-contacts';
import type { NameOf } from '../../queries/use-contacts';
import { useCustody, useCustodyFailed } from '../../queries/use-custody';
import { useCurrentIdentity } from '../../queries/use-identities';
import { useServices } from '../../state/services';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { IconButton } from '../../ui/IconButton';
import { Menu } from '../../ui/menus/Menu';
import { custodyPageWords as words } from '../../words/custody-page-words';
import { AskDialog } from './AskDialog';
import { ClientRow } from './ClientRow';
import { currentRows, overWith } from './current-rows';
import type { CustodyDialog } from './custody-dialog';
import styles from './custody.module.css';
import { KeepersSection } from './KeepersSection';
import { MissingRow } from './MissingRow';
import { missingLines } from './missing-mail';
import { OwnMachineDialog } from './OwnMachineDialog';
import { PairingCodeDialog } from './PairingCodeDialog';
import { RequestCard } from './RequestCard';

/** Who keeps mail for the present identity while it is away, and for whom it does. */
export const CustodyPage = () => {
  const identity = useCurrentIdentity();
  const contacts = useContacts(identity?.id);
  if (identity === undefined || contacts === undefined) return null;
  return <Keeping key={identity.id} identityId={identity.id} contacts={contacts} />;
};

type KeepingProps = { readonly identityId: IdentityId; readonly contacts: readonly Contact[] };

const Keeping = ({ identityId, contacts }: KeepingProps) => {
  const holding = useCustody(identityId);
  const [shown, setShown] = useState<CustodyDialog>();
  return (
    <PageFrame
      title={words.title}
      lead={words.lead}
      action={
        <PageMenu
          identityId={identityId}
          canCollect={holding?.holders.some(({ state }) => state === 'active') ?? false}
          onShow={setShown}
        />
      }
      testId="holders-page"
    >
      <Unread identityId={identityId} />
      {holding !== undefined && (
        <Known identityId={identityId} contacts={contacts} holding={holding} onShow={setShown} />
      )}
      {shown === 'ask' && (
        <AskDialog
          identityId={identityId}
          contacts={contacts}
          holders={holding?.holders ?? []}
          onClose={() => setShown(undefined)}
        />
      )}
      {shown === 'own-machine' && <OwnMachineDialog identityId={identityId} onClose={() => setShown(undefined)} />}
      {shown === 'pairing-code' && <PairingCodeDialog identityId={identityId} onClose={() => setShown(undefined)} />}
    </PageFrame>
  );
};

type PageMenuProps = {
  readonly identityId: IdentityId;
  readonly canCollect: boolean;
  readonly onShow: (dialog: CustodyDialog) => void;
};

const PageMenu = ({ identityId, canCollect, onShow }: PageMenuProps) => {
  const services = useServices();
  return (
    <Menu
      align="end"
      trigger={<IconButton icon={Ellipsis} label="More about keeping mail" data-testid="holders-menu" />}
      entries={[
        {
          kind: 'item',
          label: 'Fetch what is kept for me now',
          icon: Download,
          disabled: !canCollect,
          run: () => void collectMail(services, identityId),
          testId: 'holders-collect',
        },
        { kind: 'separator' },
        {
          kind: 'item',
          label: 'Show pairing code…',
          icon: QrCode,
          run: () => onShow('pairing-code'),
          testId: 'show-pairing-code',
        },
      ]}
    />
  );
};

const Unread = ({ identityId }: { readonly identityId: IdentityId }) => {
  const services = useServices();
  const failed = useCustodyFailed(identityId);
  if (!failed) return null;
  return (
    <Banner
      tone="warning"
      testId="holders-failed"
      action={
        <Button icon={RotateCw} onClick={() => void loadCustody(services, identityId)}>
          Try again
        </Button>
      }
    >
      {words.unread}
    </Banner>
  );
};

type KnownProps = KeepingProps & {
  readonly holding: CustodyOverview;
  readonly onShow: (dialog: CustodyDialog) => void;
};

const Known = ({ identityId, contacts, holding: { holders, clients, missing }, onShow }: KnownProps) => {
  const nameOf = useNames(identityId);
  return (
    <>
      {missingLines(missing, contacts).map((line) => (
        <MissingRow key={line.mail.contactId} identityId={identityId} line={line} />
      ))}
      <Requests identityId={identityId} contacts={contacts} clients={clients} nameOf={nameOf} />
      <KeepersSection identityId={identityId} contacts={contacts} holders={holders} nameOf={nameOf} onShow={onShow} />
      <Clients identityId={identityId} clients={clients} nameOf={nameOf} />
    </>
  );
};

type ClientsProps = {
  readonly identityId: IdentityId;
  readonly clients: readonly MailClient[];
  readonly nameOf: NameOf;
};

/** What waits for an answer stands above everything else. */
const Requests = ({
  identityId,
  contacts,
  clients,
  nameOf,
}: ClientsProps & { readonly contacts: readonly Contact[] }) => {
  const asking = clients.filter(({ state }) => state === 'asked');
  if (asking.length === 0) return null;
  return (
    <PageSection title={asking.length === 1 ? 'A question for you' : 'Questions for you'}>
      {asking.map((client) => (
        <RequestCard
          key={client.agreementId}
          identityId={identityId}
          client={client}
          contact={contacts.find(({ address }) => address === client.address)}
          nameOf={nameOf}
        />
      ))}
    </PageSection>
  );
};

const Clients = ({ identityId, clients, nameOf }: ClientsProps) => {
  const answered = currentRows(clients).filter(({ state }) => state !== 'asked');
  return (
    <PageSection title="For whom you keep mail">
      {answered.length === 0 ? (
        <p className={styles.soft} data-testid="clients-empty">
          {words.nobodyKept}
        </p>
      ) : (
        <ul className={styles.people} data-testid="clients">
          {answered.map((client) => (
            <ClientRow
              key={client.agreementId}
              identityId={identityId}
              client={client}
              over={overWith(clients, client.address)}
              name={nameOf(client.address)}
            />
          ))}
        </ul>
      )}
    </PageSection>
  );
};
