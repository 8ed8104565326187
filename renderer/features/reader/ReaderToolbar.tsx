import { Archive, CornerUpRight, Flag, Inbox, Mail, Reply, ReplyAll, Trash2 } from 'lucide-react';
import { markSeen, moveRows, toggleFlag, trashRows } from '../../actions/act-on-rows';
import { forwardMessage, replyTo, replyToAll } from '../../actions/answer-message';
import { targetRows } from '../../actions/targets';
import type { MessageSummary } from '../../../shared/message';
import { markRows, setCursor } from '../../state/selection';
import { useServices } from '../../state/services';
import { useVisibleRows } from '../../state/visible-rows';
import { IconButton } from '../../ui/IconButton';
import styles from './Reader.module.css';

/** The row of the list that the reader shows; verbs on a conversation are verbs on its row. */
const rowsOf = (threadId: string) => {
  const { rows } = useVisibleRows.getState();
  const row = rows.find(({ newest }) => newest.threadId === threadId);
  if (!row) return targetRows();
  markRows([]);
  setCursor(row.key);
  return [row];
};

/** What can be done with the open conversation. */
export const ReaderToolbar = ({ latest, flagged }: { readonly latest: MessageSummary; readonly flagged: boolean }) => {
  const services = useServices();
  const { threadId, folder } = latest;
  const home = folder === 'archive' || folder === 'trash';
  return (
    <div className={styles.toolbar} role="toolbar" aria-label="Conversation">
      <IconButton icon={Reply} label="Reply" shortcut="R" data-testid="reply" onClick={() => void replyTo(latest)} />
      <IconButton icon={ReplyAll} label="Reply to all" shortcut="A" data-testid="reply-all" onClick={() => void replyToAll(latest)} />
      <IconButton icon={CornerUpRight} label="Forward" shortcut="F" data-testid="forward" onClick={() => void forwardMessage(latest)} />
      <span className={styles.gap} />
      {folder !== 'outbox' && (
        <>
          {home ? (
            <IconButton icon={Inbox} label="Move to Inbox" data-testid="to-inbox" onClick={() => void moveRows(services, 'inbox', rowsOf(threadId))} />
          ) : (
            <IconButton icon={Archive} label="Archive" shortcut="E" data-testid="archive" onClick={() => void moveRows(services, 'archive', rowsOf(threadId))} />
          )}
          <IconButton
            icon={Trash2}
            label={folder === 'trash' ? 'Delete for good' : 'Move to Trash'}
            shortcut="Del"
            data-testid="trash"
            onClick={() => void trashRows(services, rowsOf(threadId))}
          />
          <span className={styles.gap} />
          <IconButton icon={Mail} label="Mark as unread" shortcut="U" data-testid="mark-unread" onClick={() => void markSeen(services, false, rowsOf(threadId))} />
        </>
      )}
      <IconButton
        icon={Flag}
        label={flagged ? 'Remove flag' : 'Flag'}
        shortcut="S"
        pressed={flagged}
        data-testid="flag"
        onClick={() => void toggleFlag(services, rowsOf(threadId))}
      />
    </div>
  );
};
