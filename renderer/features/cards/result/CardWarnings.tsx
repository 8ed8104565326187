import type { CardReading } from '../../../../shared/card';
import type { Contact } from '../../../../shared/contact';
import { differences } from '../../../words/card-words';
import { fullDate } from '../../../words/date-text';
import { personName } from '../../../words/address-text';
import { CardWarning } from './CardWarning';

const nameOf = (contact: Contact | undefined): string => (contact === undefined ? 'your contact' : personName(contact));

type OtherAddressProps = {
  readonly scanned: string;
  readonly differs: readonly number[];
  readonly contact: Contact | undefined;
  /** Nobody was expected, but the address imitates a contact's. */
  readonly alike?: boolean;
};

/** The card of another address than that of the contact whom it claims or seems to be of. */
export const OtherAddressWarning = ({ scanned, differs, contact, alike = false }: OtherAddressProps) => {
  const name = nameOf(contact);
  return (
    <CardWarning
      kind={alike ? 'look-alike' : 'other-address'}
      title={alike ? `This only looks like ${name}` : `This is not the code of ${name}`}
      sentence={
        alike
          ? `The address is almost that of ${name}, but it belongs to somebody else. Mail to it would go to them.`
          : `The address in this code is another than ${name}’s. Mail to it would go to somebody else.`
      }
      compared={
        contact === undefined
          ? undefined
          : { known: contact.address, scanned, differs, knownLabel: name, scannedLabel: 'This code' }
      }
      reasons={[
        `Somebody may have put their own code in the place of ${name}’s: on paper, on a web page, or on a screen.`,
        `It may simply be the code of another person. Then scan it from your contacts, without choosing ${name}.`,
        `${name} may have a new address. A true move comes as a signed notice from the old one.`,
      ]}
    />
  );
};

type OtherKey = Extract<CardReading, { outcome: 'other-key' }>;

/** The right address with another key than its onion vouches for. */
export const OtherKeyWarning = ({
  reading,
  contact,
}: {
  readonly reading: OtherKey;
  readonly contact: Contact | undefined;
}) => {
  const { cardFingerprint, knownFingerprint, replacedAt } = reading;
  const name = nameOf(contact);
  const old = replacedAt !== undefined;
  return (
    <CardWarning
      kind={old ? 'old-key' : 'other-key'}
      title={old ? `This card is older than the key of ${name}` : `This code names another key than ${name} has`}
      sentence={
        old
          ? `The key on this card was theirs until ${fullDate(replacedAt)}. They have a new one, which this card does not vouch for. Nothing was verified.`
          : `The address is that of ${name}, but the key is not the one that their onion vouches for. Nothing was verified.`
      }
      compared={{
        known: knownFingerprint,
        scanned: cardFingerprint,
        differs: differences(knownFingerprint, cardFingerprint),
        knownLabel: name,
        scannedLabel: 'This code',
      }}
      reasons={
        old
          ? [
              'It may be an old printed card or picture: ask them for a new one.',
              'Somebody who has the old key may be showing it. Do not accept it as theirs.',
            ]
          : [
              'Somebody may have made this card to have their own key taken for theirs.',
              `${name} may have replaced their key moments ago. Then their screen shows the new code: scan it there.`,
              'Their computer may be in the hands of somebody else. Ask them in person or by telephone.',
            ]
      }
    />
  );
};

/** The key that came after the scan is another than the card named. */
export const KeyMismatchWarning = ({ contact }: { readonly contact: Contact }) => {
  const named = contact.verification?.fingerprint;
  const name = nameOf(contact);
  const { fingerprint } = contact;
  return (
    <CardWarning
      kind="mismatch"
      title={`The key of ${name} is not the one on the card`}
      sentence={`Their onion handed out another key than the code that you scanned. ${name} is not verified, and nothing was certified.`}
      compared={
        named === undefined || fingerprint === undefined
          ? undefined
          : {
              known: fingerprint,
              scanned: named,
              differs: differences(fingerprint, named),
              knownLabel: 'Their onion',
              scannedLabel: 'The code',
            }
      }
      reasons={[
        'The card may be old, from before they replaced their key: ask them for a new one.',
        'Somebody may have made the card to have their own key taken for theirs.',
      ]}
    />
  );
};
