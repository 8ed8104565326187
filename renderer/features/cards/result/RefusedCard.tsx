import { FileX2 } from 'lucide-react';
import type { CardReading } from '../../../../shared/card';
import type { Contact } from '../../../../shared/contact';
import { addressProblemWords } from '../../../words/address-problem-words';
import { Icon } from '../../../ui/Icon';
import { personName } from '../../../words/address-text';
import { cardProblemWords, differences } from '../../../words/card-words';
import { CardWarning } from './CardWarning';
import styles from '../cards.module.css';
import { FocusedHeading } from './FocusedHeading';

type Refused = Extract<CardReading, { outcome: 'refused' }>;

export type RefusedCardProps = {
  readonly reading: Refused;
  /** The address as far as the text has one. */
  readonly scanned: string | undefined;
  /** The contact whose address it imitates or misspells. */
  readonly alike: Contact | undefined;
};

/** A text that is no card of a person: why, and what to do. One that looks like a contact's is a warning. */
export const RefusedCard = ({ reading, scanned, alike }: RefusedCardProps) => {
  const words = cardProblemWords[reading.problem];
  if (alike !== undefined && scanned !== undefined) return <MisspeltCard alike={alike} scanned={scanned} />;
  return (
    <div
      className={styles.refused}
      role="alert"
      data-testid="card-refused"
      data-problem={reading.problem}
      data-address-problem={reading.addressProblem}
    >
      <Icon icon={FileX2} size={30} />
      <FocusedHeading>{words.title}</FocusedHeading>
      {reading.addressProblem !== undefined && <p>{addressProblemWords[reading.addressProblem]}</p>}
      <p>{words.sentence}</p>
    </div>
  );
};

const MisspeltCard = ({ alike, scanned }: { readonly alike: Contact; readonly scanned: string }) => {
  const name = personName(alike);
  return (
    <CardWarning
      kind="look-alike"
      title={`This only looks like the address of ${name}`}
      sentence={`It differs from ${name}’s in the marked letters, and it is not an address that anybody can have. Nothing was verified.`}
      compared={{
        known: alike.address,
        scanned,
        differs: differences(alike.address, scanned),
        knownLabel: name,
        scannedLabel: 'This code',
      }}
      reasons={[
        `A letter may have been mistyped or misread: scan the code from ${name}’s own screen.`,
        'Somebody may have changed it on purpose. Do not use this card.',
      ]}
    />
  );
};
