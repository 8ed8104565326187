import { Archive, Flag, MailOpen, Trash2, X } from 'lucide-react';
import { markSeen, moveRows, toggleFlag, trashRows } from '../../actions/messages/act-on-rows';
import { markRows, useSelection } from '../../state/selection';
import { useServices } from '../../state/services';
import { IconButton } from '../../ui/IconButton';
import styles from './ThreadList.module.css';

/** What can be done with several marked rows at once. */
export const MarkedActions = () => {
  const services = useServices();
  const count = useSelection((selection) => selection.marked.size);
  return (
    <div className={styles.titleRow} role="toolbar" aria-label="Selected conversations" data-testid="marked-actions">
      <span className={styles.title} aria-live="polite">
        {count} selected
      </span>
      <div className={styles.marks}>
        <IconButton
          icon={Archive}
          label="Archive"
          shortcut="E"
          size="small"
          onClick={() => void moveRows(services, 'archive')}
        />
        <IconButton icon={Trash2} label="Delete" shortcut="Del" size="small" onClick={() => void trashRows(services)} />
        <IconButton icon={MailOpen} label="Mark as read" size="small" onClick={() => void markSeen(services, true)} />
        <IconButton icon={Flag} label="Flag" shortcut="S" size="small" onClick={() => void toggleFlag(services)} />
        <IconButton icon={X} label="Clear selection" shortcut="Esc" size="small" onClick={() => markRows([])} />
      </div>
    </div>
  );
};
