import { ShieldAlert } from 'lucide-react';
import type { MessageSummary } from '../../../../shared/message';
import { standingIcon } from '../../../parts/standing/standing-icon';
import { StandingPath } from '../../../parts/standing/StandingPath';
import { protectionReasonWords } from '../../../words/protection-words';
import type { ContactOf, NameOf } from '../../../queries/use-contacts';
import { showContact } from '../../../state/contact-page';
import { Badge } from '../../../ui/Badge';
import { Button } from '../../../ui/Button';
import { Popover } from '../../../ui/Popover';
import { standingWords } from '../../../words/standing-words';
import styles from '../MessageCard.module.css';
import { senderStanding } from './sender-standing';

export type TrustBadgeProps = {
  readonly message: MessageSummary;
  readonly nameOf: NameOf;
  readonly contactOf: ContactOf;
};

/**
 * One sign for two questions: whether this message is proved to come from its address, and whether the person behind
 * the address is known. Pressed, it answers both in a sentence. Own mail needs none.
 */
export const TrustBadge = ({ message, nameOf, contactOf }: TrustBadgeProps) => {
  if (message.protection === 'own') return null;
  const proved = message.protection === 'verified';
  const standing = senderStanding(message, contactOf);
  const person = standingWords(standing, nameOf);
  const reason = protectionReasonWords[message.protectionReason];
  const word = proved ? person.title : 'Not proved';
  return (
    <Popover
      label="Why"
      trigger={
        <button
          type="button"
          className={styles.badge}
          aria-label={`${word}: why`}
          data-testid="trust-badge"
          data-protection={message.protection}
          data-reason={message.protectionReason}
          data-standing={standing.kind}
        >
          {proved ? (
            <Badge tone={person.tone} icon={standingIcon(standing)}>
              {word}
            </Badge>
          ) : (
            <Badge tone={reason.tone === 'danger' ? 'danger' : 'warning'} icon={ShieldAlert}>
              {word}
            </Badge>
          )}
        </button>
      }
    >
      <div className={styles.reasons}>
        <section>
          <h3>This message</h3>
          <p data-testid="trust-sentence">{reason.sentence}</p>
        </section>
        <section>
          <h3>This person</h3>
          <p data-testid="person-sentence">{person.sentence}</p>
          {standing.kind === 'introduced' && <StandingPath path={standing.path} to={message.from} nameOf={nameOf} />}
          <p className={styles.advice}>{person.advice}</p>
        </section>
        <OpenContact message={message} contactOf={contactOf} />
      </div>
    </Popover>
  );
};

const OpenContact = ({ message, contactOf }: Omit<TrustBadgeProps, 'nameOf'>) => {
  const contact = contactOf(message.from);
  if (contact === undefined) return null;
  return (
    <div>
      <Button onClick={() => showContact(contact.id)} data-testid="trust-open-contact">
        Open contact
      </Button>
    </div>
  );
};
