import { ShieldAlert, ShieldCheck } from 'lucide-react';
import type { MessageSummary } from '../../../shared/message';
import { protectionReasonWords } from '../../parts/words';
import { Badge } from '../../ui/Badge';
import { Popover } from '../../ui/Popover';
import styles from './MessageCard.module.css';

/** Whether the sender is proved, in a word; pressed, it gives the reason in a sentence. Own mail needs none. */
export const TrustBadge = ({ message }: { readonly message: MessageSummary }) => {
  if (message.protection === 'own') return null;
  const { title, sentence, tone } = protectionReasonWords[message.protectionReason];
  const verified = message.protection === 'verified';
  const word = verified ? 'Verified' : 'Not verified';
  return (
    <Popover
      label="Why"
      trigger={
        <button type="button" className={styles.badge} aria-label={`${word}: why`} data-testid="trust-badge" data-protection={message.protection} data-reason={message.protectionReason}>
          <Badge tone={verified ? 'good' : tone === 'danger' ? 'danger' : 'warning'} icon={verified ? ShieldCheck : ShieldAlert}>
            {word}
          </Badge>
        </button>
      }
    >
      <strong>{title}</strong>
      <p data-testid="trust-sentence">{sentence}</p>
    </Popover>
  );
};
