import { MailX } from 'lucide-react';
import { useEffect } from 'react';
import type { MessageId } from '../../../shared/ids';
import type { MessageSummary } from '../../../shared/message';
import { takeFocusOfPane } from '../../actions/window/focus-pane';
import { findAnswerable } from '../../actions/messages/find-targets';
import { useMarkedHits } from '../../parts/marks/use-marked-hits';
import { useNow } from '../../parts/use-now';
import { useContactOf, useNames } from '../../queries/use-contacts';
import { threadRows } from '../../state/lists/thread-rows';
import { useThread } from '../../queries/use-thread';
import type { OpenConversation } from '../../state/selection';
import { useVisibleRows } from '../../state/visible-rows';
import { EmptyState } from '../../ui/EmptyState';
import { IntroducedBanner } from './sender/IntroducedBanner';
import { MessageCard } from './MessageCard';
import styles from './Reader.module.css';
import { ReaderToolbar } from './ReaderToolbar';
import { RequestBanner } from './sender/RequestBanner';
import { SenderNotice } from './sender/SenderNotice';
import { useUnfolded } from './use-unfolded';
import { visibleMessages } from './visible-messages';
import { PeerText } from '../../ui/PeerText';

/**
 * A region that scrolls must be reachable by keyboard, which may have come into the pane before the messages were
 * read.
 */
const scrollable = { role: 'region', tabIndex: 0, ref: takeFocusOfPane } as const;

/** Tells verbs and keys what is open, and closes what is no longer there. */
const usePublished = (found: readonly MessageSummary[] | undefined, opened: MessageId): void => {
  useEffect(() => {
    const folder = found?.find((message) => message.id === opened)?.folder;
    const inFolder = [...(found ?? [])].reverse().filter((message) => message.folder === folder);
    useVisibleRows.setState({ opened: threadRows(inFolder)[0] });
    return () => useVisibleRows.setState({ opened: undefined });
  }, [found, opened]);
};

/** Brings the message by which the conversation was opened into view, once the conversation is there. */
const useScrolledTo = (opened: MessageId, known: boolean): void => {
  useEffect(() => {
    if (known)
      document
        .querySelector(`[data-testid="message-card"][data-message-id="${opened}"]`)
        ?.scrollIntoView({ block: 'nearest' });
  }, [known, opened]);
};

const Gone = () => (
  <EmptyState
    icon={MailX}
    title="No longer here"
    text="This conversation was deleted or moved to the trash."
    testId="conversation-gone"
  />
);

const countText = (count: number): string => (count === 1 ? '1 message' : `${String(count)} messages`);

/** The messages of a conversation, oldest first; those read before are folded. */
export const Conversation = ({ open }: { readonly open: OpenConversation }) => {
  const { identityId } = open;
  const found = useThread(identityId, open.threadId);
  const messages = visibleMessages(found ?? [], open.messageId);
  usePublished(found, open.messageId);
  const nameOf = useNames(identityId);
  const contactOf = useContactOf(identityId);
  const markHits = useMarkedHits();
  const now = useNow(30_000);
  const { isOpen, toggle } = useUnfolded(messages, open.messageId);
  useScrolledTo(open.messageId, messages.length > 0);
  const latest = messages.at(-1);
  if (!latest) return found ? <Gone /> : null;
  const request = messages.find((message) => message.folder === 'requests');
  const introduced = messages.find((message) => message.introducedBy !== undefined);
  return (
    <>
      <ReaderToolbar
        latest={latest}
        answered={findAnswerable(messages) ?? latest}
        flagged={messages.some((message) => message.flagged)}
      />
      <div
        className={styles.scroll}
        {...scrollable}
        data-pane-focus
        aria-label="Conversation"
        data-testid="conversation"
      >
        <div ref={markHits} className={styles.column}>
          <h1 className={styles.subject} data-selectable data-testid="reader-subject" data-hits="subject">
            <PeerText text={messages[0]?.subject || '(no subject)'} />
          </h1>
          <p className={styles.below}>{countText(messages.length)}</p>
          {request && <RequestBanner message={request} />}
          <SenderNotice contact={contactOf(latest.from)} nameOf={nameOf} />
          {introduced && <IntroducedBanner message={introduced} nameOf={nameOf} contactOf={contactOf} />}
          {messages.map((message) => (
            <MessageCard
              key={message.id}
              message={message}
              nameOf={nameOf}
              contactOf={contactOf}
              now={now}
              open={isOpen(message.id)}
              foldable={messages.length > 1}
              onToggle={() => toggle(message.id)}
            />
          ))}
        </div>
      </div>
    </>
  );
};
