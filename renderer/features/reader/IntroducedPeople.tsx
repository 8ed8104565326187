import { UserPlus } from 'lucide-react';
import type { Contact } from '../../../shared/contact';
import type { MessageDetail } from '../../../shared/message';
import { addContact } from '../../actions/contacts/change-contact';
import { StandingBadge } from '../../parts/standing/StandingBadge';
import { useTask } from '../../parts/use-task';
import { useContactOf, useNames } from '../../queries/use-contacts';
import type { ContactOf, NameOf } from '../../queries/use-contacts';
import { useMessageCards } from '../../queries/use-message-cards';
import type { MessageCardOf } from '../../queries/use-message-cards';
import { showContact } from '../../state/contact-page';
import { useServices } from '../../state/services';
import { Avatar } from '../../ui/Avatar';
import { Button } from '../../ui/Button';
import { personName, shortAddress } from '../../words/address-text';
import { isVerified } from '../../words/standing-words';
import styles from './IntroducedPeople.module.css';

/** The people whose cards came with a message. Nobody is added before the user says so. */
export const IntroducedPeople = ({ detail }: { readonly detail: MessageDetail }) => {
  const { identityId } = detail.summary;
  const cards = useMessageCards(detail);
  const nameOf = useNames(identityId);
  const contactOf = useContactOf(identityId);
  if (cards.length === 0) return null;
  return (
    <section className={styles.people} aria-label="People in this message" data-testid="introduced-people">
      {cards.map((card) => (
        <Person key={card.address} card={card} detail={detail} nameOf={nameOf} contactOf={contactOf} />
      ))}
      <IntroducerHint detail={detail} cards={cards} nameOf={nameOf} contactOf={contactOf} />
    </section>
  );
};

type PersonProps = {
  readonly card: MessageCardOf;
  readonly detail: MessageDetail;
  readonly nameOf: NameOf;
  readonly contactOf: ContactOf;
};

const Person = ({ card, detail, nameOf, contactOf }: PersonProps) => {
  const services = useServices();
  const task = useTask();
  const contact = contactOf(card.address);
  const { identityId, protection } = detail.summary;
  const isOwn = nameOf(card.address) === 'Me';
  const name = contact === undefined ? personName(card) : nameOf(card.address);
  const add = () => void task.run(() => addContact(services, { identityId, address: card.address, name: card.name }));
  return (
    <div className={styles.person} data-testid="introduced-person" data-address={card.address}>
      <Avatar name={name} seed={card.address} size="large" />
      <div className={styles.words}>
        <span className={styles.name}>{isOwn ? 'You' : name}</span>
        <span className={styles.address} title={card.address}>
          {shortAddress(card.address)}
        </span>
        {task.error !== undefined && (
          <span className={styles.error} role="alert">
            {task.error}
          </span>
        )}
      </div>
      {contact !== undefined && <Known contact={contact} nameOf={nameOf} />}
      {contact === undefined && !isOwn && protection === 'verified' && (
        <Button icon={UserPlus} busy={task.busy} onClick={add} data-testid="introduced-person-add">
          Add to contacts
        </Button>
      )}
    </div>
  );
};

const Known = ({ contact, nameOf }: { readonly contact: Contact; readonly nameOf: NameOf }) => (
  <>
    <StandingBadge standing={contact.standing} nameOf={nameOf} testId="introduced-person-standing" />
    <Button onClick={() => showContact(contact.id)} data-testid="introduced-person-open">
      Open
    </Button>
  </>
);

type HintProps = {
  readonly detail: MessageDetail;
  readonly cards: readonly MessageCardOf[];
  readonly nameOf: NameOf;
  readonly contactOf: ContactOf;
};

/** The sender's word counts only when the user has said so, and only for those who do not count already. */
const IntroducerHint = ({ detail, cards, nameOf, contactOf }: HintProps) => {
  const sender = contactOf(detail.summary.from);
  if (sender === undefined || sender.introducer !== undefined) return null;
  const waiting = cards.some(
    ({ address }) => ['unverified', undefined].includes(contactOf(address)?.standing.kind) && nameOf(address) !== 'Me',
  );
  if (!waiting) return null;
  const name = nameOf(sender.address);
  return (
    <p className={styles.hint} data-testid="introducer-hint">
      <span>
        {isVerified(sender.standing)
          ? `You have not named ${name} as an introducer, so whom ${name} vouches for counts as not verified.`
          : `You have not verified ${name}, so whom ${name} vouches for counts as not verified.`}
      </span>
      <Button tone="quiet" onClick={() => showContact(sender.id)} data-testid="introducer-hint-open">
        {isVerified(sender.standing) ? `Make ${name} an introducer…` : `Verify ${name}…`}
      </Button>
    </p>
  );
};
