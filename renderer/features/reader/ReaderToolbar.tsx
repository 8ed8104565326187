import { Archive, CornerUpRight, Flag, Inbox, Mail, Reply, ReplyAll, Trash2 } from 'lucide-react';
import { markSeen, moveRows, toggleFlag, trashRows } from '../../actions/messages/act-on-rows';
import { forwardMessage, replyTo, replyToAll } from '../../actions/compose/answer-message';
import { findOpenedRow } from '../../actions/messages/find-targets';
import type { Folder, MessageSummary } from '../../../shared/message';
import { markRows, setCursor } from '../../state/selection';
import { useServices } from '../../state/services';
import { IconButton } from '../../ui/IconButton';
import styles from './Reader.module.css';

/** The row of the list that the reader shows; verbs on a conversation are verbs on its row. */
const chosen = () => {
  const row = findOpenedRow();
  if (!row) return [];
  markRows([]);
  setCursor(row.key);
  return [row];
};

export type ReaderToolbarProps = {
  readonly latest: MessageSummary;
  /** The message that an answer answers. */
  readonly answered: MessageSummary;
  readonly flagged: boolean;
};

/** What can be done with the open conversation. */
export const ReaderToolbar = ({ latest, answered, flagged }: ReaderToolbarProps) => {
  const services = useServices();
  return (
    <div className={styles.toolbar} role="toolbar" aria-label="Conversation">
      <AnswerButtons latest={latest} answered={answered} />
      <span className={styles.gap} />
      {latest.folder !== 'outbox' && <ShelfButtons folder={latest.folder} />}
      <IconButton
        icon={Flag}
        label={flagged ? 'Remove flag' : 'Flag'}
        shortcut="S"
        pressed={flagged}
        data-testid="flag"
        onClick={() => void toggleFlag(services, chosen())}
      />
    </div>
  );
};

const AnswerButtons = ({ latest, answered }: Pick<ReaderToolbarProps, 'latest' | 'answered'>) => (
  <>
    <IconButton icon={Reply} label="Reply" shortcut="R" data-testid="reply" onClick={() => void replyTo(answered)} />
    <IconButton
      icon={ReplyAll}
      label="Reply to all"
      shortcut="A"
      data-testid="reply-all"
      onClick={() => void replyToAll(answered)}
    />
    <IconButton
      icon={CornerUpRight}
      label="Forward"
      shortcut="F"
      data-testid="forward"
      onClick={() => void forwardMessage(latest)}
    />
  </>
);

/** Where the conversation goes; mail that is on its way stays in the Outbox until it has gone. */
const ShelfButtons = ({ folder }: { readonly folder: Folder | undefined }) => {
  const services = useServices();
  return (
    <>
      {folder === 'archive' || folder === 'trash' ? (
        <IconButton
          icon={Inbox}
          label="Move to Inbox"
          data-testid="to-inbox"
          onClick={() => void moveRows(services, 'inbox', chosen())}
        />
      ) : (
        <IconButton
          icon={Archive}
          label="Archive"
          shortcut="E"
          data-testid="archive"
          onClick={() => void moveRows(services, 'archive', chosen())}
        />
      )}
      <IconButton
        icon={Trash2}
        label={folder === 'trash' ? 'Delete for good' : 'Move to Trash'}
        shortcut="Del"
        data-testid="trash"
        onClick={() => void trashRows(services, chosen())}
      />
      <span className={styles.gap} />
      <IconButton
        icon={Mail}
        label="Mark as unread"
        shortcut="U"
        data-testid="mark-unread"
        onClick={() => void markSeen(services, false, chosen())}
      />
    </>
  );
};
