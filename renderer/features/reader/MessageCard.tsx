import { useEffect, useState } from 'react';
import { setFlags } from '../../actions/messages/set-flags';
import type { MessageSummary } from '../../../shared/message';
import { protectionReasonWords } from '../../words/protection-words';
import { isLate } from '../../../shared/arrival/late-mail';
import { lateWords } from '../../words/arrival/late-words';
import type { ContactOf, NameOf } from '../../queries/use-contacts';
import { useMessage } from '../../queries/use-message';
import { useServices } from '../../state/services';
import { Banner } from '../../ui/Banner';
import { Spinner } from '../../ui/Spinner';
import { DeliveryHistory } from './DeliveryHistory';
import { FoldedMessage } from './FoldedMessage';
import { MessageBody } from './MessageBody';
import { senderName } from '../../words/address-text';
import styles from './MessageCard.module.css';
import { MessageDetails } from './MessageDetails';
import { MessageHead } from './MessageHead';
import { messageMenu } from './message-menu';

export type MessageCardProps = {
  readonly message: MessageSummary;
  readonly nameOf: NameOf;
  readonly contactOf: ContactOf;
  readonly now: number;
  readonly open: boolean;
  /** Whether it can be folded: not when it is the only one. */
  readonly foldable: boolean;
  readonly onToggle: () => void;
};

type OpenProps = Pick<MessageCardProps, 'message' | 'nameOf' | 'contactOf' | 'now'> & {
  readonly onFold: (() => void) | undefined;
};

/** What is shown has been seen. Marking as unread closes the conversation first, or it would be undone here. */
const useSeen = (message: MessageSummary, shown: boolean): void => {
  const services = useServices();
  const unseen = shown && !message.seen && message.folder !== 'drafts' && message.folder !== 'outbox';
  useEffect(() => {
    if (unseen) void setFlags(services, { messages: [message], change: { seen: true } });
  }, [services, message, unseen]);
};

const OpenMessage = ({ message, nameOf, contactOf, now, onFold }: OpenProps) => {
  const services = useServices();
  const [detailed, setDetailed] = useState(false);
  const opened = useMessage(message.identityId, message.id);
  useSeen(message, opened.state === 'open');
  const toggleDetails = () => setDetailed(!detailed);
  const menu = messageMenu(services, message, toggleDetails);
  return (
    <>
      <MessageHead
        message={message}
        nameOf={nameOf}
        contactOf={contactOf}
        now={now}
        detailed={detailed}
        onDetails={toggleDetails}
        onFold={onFold}
        menu={menu}
      />
      {detailed && opened.state === 'open' && <MessageDetails detail={opened.detail} />}
      <div className={styles.body}>
        {message.protection === 'unverified' && (
          <div className={styles.notice}>
            <Banner tone="warning" testId="unverified-banner">
              {protectionReasonWords[message.protectionReason].sentence}
            </Banner>
          </div>
        )}
        {isLate(message) && (
          <p className={styles.late} data-testid="late-mail">
            {lateWords(message, now)}
          </p>
        )}
        {opened.state === 'loading' && (
          <div className={styles.loading}>
            <Spinner label="Opening the message" />
          </div>
        )}
        {opened.state === 'failed' && <Banner tone="danger">{opened.sentence}</Banner>}
        {opened.state === 'open' && <MessageBody message={message} detail={opened.detail} />}
        <DeliveryHistory message={message} nameOf={nameOf} contactOf={contactOf} />
      </div>
    </>
  );
};

/** One message of a conversation: folded to a line, or open. */
export const MessageCard = ({ message, nameOf, contactOf, now, open, foldable, onToggle }: MessageCardProps) => (
  <article
    className={styles.card}
    aria-label={`Message from ${senderName(message, nameOf)}`}
    data-testid="message-card"
    data-message-id={message.id}
    data-open={open}
  >
    {open ? (
      <OpenMessage
        message={message}
        nameOf={nameOf}
        contactOf={contactOf}
        now={now}
        onFold={foldable ? onToggle : undefined}
      />
    ) : (
      <FoldedMessage message={message} nameOf={nameOf} now={now} onOpen={onToggle} />
    )}
  </article>
);
