import { Copy, SquarePen } from 'lucide-react';
import { useState } from 'react';
import type { Contact } from '../../../shared/contact';
import { copyText } from '../../actions/window/copy-text';
import { AddressQr } from '../../parts/AddressQr';
import { FullAddress } from '../../parts/FullAddress';
import type { NameOf } from '../../queries/use-contacts';
import { openComposer } from '../../state/compose';
import { useServices } from '../../state/services';
import { Avatar } from '../../ui/Avatar';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { personName } from '../../words/address-text';
import { CompareDialog } from './trust/CompareDialog';
import type { TrustDialog } from './trust/contact-shapes';
import { ContactKey } from './keys/ContactKey';
import { ContactName } from './ContactName';
import { ContactRemoval } from './ContactRemoval';
import styles from './ContactsPage.module.css';
import { ExportKeysDialog } from './keys/ExportKeysDialog';
import { IntroduceDialog } from './IntroduceDialog';
import { IntroducerDialog } from './trust/IntroducerDialog';
import { MailCard } from './MailCard';
import { MoveBanner } from './MoveBanner';
import { ScannedYouBanner } from './ScannedYouBanner';
import { StandingBanner } from './StandingBanner';
import { TrustCard } from './trust/TrustCard';
import { Vouchers } from './trust/Vouchers';

export type ContactDetailsProps = { readonly contact: Contact; readonly nameOf: NameOf };

/** Everything about one contact and what can be done with them. */
export const ContactDetails = ({ contact, nameOf }: ContactDetailsProps) => {
  const [shown, setShown] = useState<TrustDialog>();
  return (
    <article
      className={styles.contact}
      aria-label={personName(contact)}
      data-testid="contact-details"
      data-standing={contact.standing.kind}
    >
      <header className={styles.head}>
        <Avatar name={contact.name || contact.address} seed={contact.address} size="large" />
        <ContactName contact={contact} />
        <Button
          tone="primary"
          icon={SquarePen}
          disabled={contact.blocked}
          onClick={() => openComposer({ identityId: contact.identityId, to: [contact.address] })}
          data-testid="contact-write"
        >
          Write
        </Button>
      </header>
      {contact.blocked && (
        <Banner tone="warning">Blocked. What they send is thrown away unseen, and they are not told.</Banner>
      )}
      <StandingBanner contact={contact} nameOf={nameOf} />
      <MoveBanner contact={contact} />
      <ScannedYouBanner contact={contact} onShow={setShown} />
      <TrustCard contact={contact} nameOf={nameOf} onShow={setShown} />
      <MailCard contact={contact} />
      <AddressCard contact={contact} />
      <ContactKey contact={contact} onExport={() => setShown('export')} />
      <Vouchers contact={contact} nameOf={nameOf} />
      <ContactRemoval contact={contact} />
      <Dialogs contact={contact} shown={shown} onClose={() => setShown(undefined)} />
    </article>
  );
};

const AddressCard = ({ contact }: { readonly contact: Contact }) => {
  const services = useServices();
  return (
    <section className={styles.card} aria-label="Address">
      <div className={styles.address}>
        <div className={styles.addressText}>
          <h3 className={styles.caption}>Address</h3>
          <FullAddress address={contact.address} />
        </div>
        <AddressQr address={contact.address} size={112} />
      </div>
      <div>
        <Button
          icon={Copy}
          onClick={() => void copyText(services, { text: contact.address, said: 'Address copied' })}
          data-testid="contact-copy"
        >
          Copy address
        </Button>
      </div>
    </section>
  );
};

type DialogsProps = {
  readonly contact: Contact;
  readonly shown: TrustDialog | undefined;
  readonly onClose: () => void;
};

const Dialogs = ({ contact, shown, onClose }: DialogsProps) => {
  if (shown === 'compare') return <CompareDialog contact={contact} onClose={onClose} />;
  if (shown === 'introducer') return <IntroducerDialog contact={contact} onClose={onClose} />;
  if (shown === 'introduce') return <IntroduceDialog contact={contact} onClose={onClose} />;
  if (shown === 'export')
    return <ExportKeysDialog identityId={contact.identityId} contact={contact} onClose={onClose} />;
  return null;
};
