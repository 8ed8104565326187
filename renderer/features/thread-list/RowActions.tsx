import { Archive, Flag, Inbox, Mail, MailOpen, Trash2 } from 'lucide-react';
import { markSeen, moveRows, toggleFlag, trashRows } from '../../actions/messages/act-on-rows';
import type { Folder } from '../../../shared/message';
import { present } from '../../../shared/present';
import type { ThreadRow } from '../../state/lists/thread-rows';
import { useServices } from '../../state/services';
import type { Services } from '../../state/services';
import type { IconType } from '../../ui/Icon';
import { IconButton } from '../../ui/IconButton';
import styles from './ThreadList.module.css';

type Verb = {
  readonly icon: IconType;
  readonly label: string;
  readonly shortcut?: string;
  readonly run: () => Promise<void>;
};

const putAway = (services: Services, row: ThreadRow): Verb =>
  row.newest.folder === 'archive' || row.newest.folder === 'trash'
    ? { icon: Inbox, label: 'Move to Inbox', run: () => moveRows(services, 'inbox', [row]) }
    : { icon: Archive, label: 'Archive', shortcut: 'E', run: () => moveRows(services, 'archive', [row]) };

const remove = (services: Services, row: ThreadRow): Verb => {
  const final = row.newest.folder === 'trash' || row.newest.folder === 'drafts';
  return {
    icon: Trash2,
    label: final ? 'Delete for good' : 'Move to Trash',
    shortcut: 'Del',
    run: () => trashRows(services, [row]),
  };
};

const read = (services: Services, row: ThreadRow): Verb =>
  row.unread > 0
    ? { icon: MailOpen, label: 'Mark as read', run: () => markSeen(services, true, [row]) }
    : { icon: Mail, label: 'Mark as unread', shortcut: 'U', run: () => markSeen(services, false, [row]) };

const flag = (services: Services, row: ThreadRow): Verb => ({
  icon: Flag,
  label: row.flagged ? 'Remove flag' : 'Flag',
  shortcut: 'S',
  run: () => toggleFlag(services, [row]),
});

type MakeVerb = (services: Services, row: ThreadRow) => Verb;

const verbsIn = (folder: Folder | undefined): readonly MakeVerb[] => {
  if (folder === 'outbox') return [flag];
  return folder === 'drafts' ? [remove] : [putAway, remove, read, flag];
};

/**
 * What the pointer can do with a row without opening it. The keyboard has keys for the same, so it does not stop here.
 */
export const RowActions = ({ row }: { readonly row: ThreadRow }) => {
  const services = useServices();
  const verbs = verbsIn(row.newest.folder).map((make) => make(services, row));
  return (
    // Presses stay here: they must not open the row as well.
    <div className={styles.actions} role="presentation" onClick={(event) => event.stopPropagation()}>
      {verbs.map(({ icon, label, shortcut, run }) => (
        <IconButton
          key={label}
          size="small"
          tabIndex={-1}
          icon={icon}
          label={label}
          {...present({ shortcut })}
          onClick={() => void run()}
        />
      ))}
    </div>
  );
};
