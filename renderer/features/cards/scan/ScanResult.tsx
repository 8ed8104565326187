import type { CardReading } from '../../../../shared/card';
import type { Contact } from '../../../../shared/contact';
import type { ContactId } from '../../../../shared/ids';
import { useContacts } from '../../../queries/use-contacts';
import { addressWithin } from '../../../words/card-words';
import { OtherAddressWarning, OtherKeyWarning } from '../result/CardWarnings';
import { OwnResult } from '../result/OwnResult';
import { RefusedCard } from '../result/RefusedCard';
import type { Scan } from './use-scan';
import { VerifiedPerson } from '../result/VerifiedPerson';
import { VerifyPerson } from './VerifyPerson';

/** What a card came to: one panel for each outcome. */
export const ScanResult = ({ scan }: { readonly scan: Scan }) => {
  const { step } = scan;
  if (step.kind === 'verified') return <VerifiedPerson contact={step.contact} proves={step.text.includes('code=')} />;
  return step.kind === 'read' ? <Reading scan={scan} text={step.text} reading={step.reading} /> : null;
};

const Reading = ({
  scan,
  text,
  reading,
}: {
  readonly scan: Scan;
  readonly text: string;
  readonly reading: CardReading;
}) => {
  const { identityId } = scan.request;
  const contacts = useContacts(identityId);
  if (contacts === undefined) return null;
  const contactOf = (id: ContactId | undefined) => contacts.find((contact) => contact.id === id);
  switch (reading.outcome) {
    case 'refused':
      return (
        <RefusedCard reading={reading} scanned={addressWithin(text)} alike={contactOf(reading.lookAlike?.contactId)} />
      );
    case 'own':
      return <OwnResult identityId={reading.identityId} />;
    case 'other-address':
      return (
        <OtherAddressWarning
          scanned={reading.address}
          differs={reading.differs}
          contact={contactOf(reading.expected)}
        />
      );
    case 'other-key':
      return <OtherKeyWarning reading={reading} contact={contactOf(reading.contactId)} />;
    case 'new':
      return <NewPerson scan={scan} text={text} reading={reading} alike={contactOf(reading.lookAlike?.contactId)} />;
    case 'match':
      return (
        <VerifyPerson
          scan={scan}
          text={text}
          address={reading.address}
          contact={contactOf(reading.contactId)}
          alreadyVerified={reading.alreadyVerified}
        />
      );
  }
};

type NewProps = {
  readonly scan: Scan;
  readonly text: string;
  readonly reading: Extract<CardReading, { outcome: 'new' }>;
  readonly alike: Contact | undefined;
};

/** Nobody known; but who imitates somebody known gets a warning and no way in. */
const NewPerson = ({ scan, text, reading, alike }: NewProps) => {
  const { address, name, fingerprint, lookAlike } = reading;
  if (lookAlike !== undefined)
    return <OtherAddressWarning scanned={address} differs={lookAlike.differs} contact={alike} alike />;
  return <VerifyPerson scan={scan} text={text} address={address} name={name} fingerprint={fingerprint} />;
};
