import type { MessageSummary } from '../../../shared/message';
import type { NameOf } from '../../queries/use-contacts';
import { Avatar } from '../../ui/Avatar';
import { VisuallyHidden } from '../../ui/VisuallyHidden';
import { fullDate, listDate } from '../../words/date-text';
import styles from './MessageCard.module.css';
import { senderName } from '../../words/address-text';
import { PeerText } from '../../ui/PeerText';

export type FoldedMessageProps = {
  readonly message: MessageSummary;
  readonly nameOf: NameOf;
  readonly now: number;
  readonly onOpen: () => void;
};

/** A message of a conversation in one line. */
export const FoldedMessage = ({ message, nameOf, now, onOpen }: FoldedMessageProps) => (
  <button type="button" className={styles.fold} aria-expanded={false} onClick={onOpen} data-testid="folded-message">
    <Avatar name={senderName(message, nameOf)} seed={message.from} size="small" />
    {!message.seen && <span className={styles.unreadDot} />}
    <span className={styles.foldFrom} data-hits="people">
      {!message.seen && <VisuallyHidden>Unread. </VisuallyHidden>}
      {senderName(message, nameOf)}
    </span>
    <span className={styles.foldPreview} data-hits="text">
      <PeerText cut text={message.preview} />
    </span>
    <span className={styles.date} title={fullDate(message.date)}>
      {listDate(message.date, now)}
    </span>
  </button>
);
