import { Archive, Flag, Inbox, MailOpen, Mail, Trash2 } from 'lucide-react';
import { markSeen, moveRows, toggleFlag, trashRows } from '../../actions/act-on-rows';
import type { ThreadRow } from '../../queries/thread-rows';
import { useServices } from '../../state/services';
import { IconButton } from '../../ui/IconButton';
import styles from './ThreadList.module.css';

/** What the pointer can do with a row without opening it. The keyboard has keys for the same, so it does not stop here. */
export const RowActions = ({ row }: { readonly row: ThreadRow }) => {
  const services = useServices();
  const rows = [row];
  const { folder } = row.newest;
  const movable = folder !== 'drafts' && folder !== 'outbox';
  const home = folder === 'archive' || folder === 'trash';
  return (
    // Presses stay here: they must not open the row as well.
    <div className={styles.actions} role="presentation" onClick={(event) => event.stopPropagation()}>
      {movable && (
        <IconButton
          size="small"
          tabIndex={-1}
          icon={home ? Inbox : Archive}
          label={home ? 'Move to Inbox' : 'Archive'}
          shortcut={home ? '' : 'E'}
          onClick={() => void moveRows(services, home ? 'inbox' : 'archive', rows)}
        />
      )}
      {folder !== 'outbox' && (
        <IconButton size="small" tabIndex={-1} icon={Trash2} label={folder === 'trash' ? 'Delete for good' : 'Delete'} shortcut="Del" onClick={() => void trashRows(services, rows)} />
      )}
      {movable && (
        <IconButton
          size="small"
          tabIndex={-1}
          icon={row.unread > 0 ? MailOpen : Mail}
          label={row.unread > 0 ? 'Mark as read' : 'Mark as unread'}
          shortcut={row.unread > 0 ? '' : 'U'}
          onClick={() => void markSeen(services, row.unread > 0, rows)}
        />
      )}
      <IconButton size="small" tabIndex={-1} icon={Flag} label={row.flagged ? 'Remove flag' : 'Flag'} shortcut="S" onClick={() => void toggleFlag(services, rows)} />
    </div>
  );
};
