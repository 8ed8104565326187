import { Folder } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { deleteMailbox } from '../../actions/mailboxes/change-mailboxes';
import type { MailboxSummary } from '../../../shared/mailbox';
import { pick } from '../../state/picker';
import { showFolder, useSelection } from '../../state/selection';
import { useServices } from '../../state/services';
import { ContextMenu } from '../../ui/menus/ContextMenu';
import { rowDrop } from './drag-rows';
import { folderMenu } from './folder-menu';
import type { Editing } from './folder-menu';
import { RailItem } from './RailItem';

export type OwnFolderProps = {
  readonly mailbox: MailboxSummary;
  readonly depth: number;
  readonly onEdit: (editing: Editing) => void;
};

/** A folder of the person's own: shown by a press, a place to drop mail on, with a menu and keys of its own. */
export const OwnFolder = ({ mailbox, depth, onEdit }: OwnFolderProps) => {
  const services = useServices();
  const current = useSelection(({ view, folder, search }) => view === 'mail' && !search && folder === mailbox.id);
  const keys: Readonly<Record<string, () => void>> = {
    F2: () => onEdit({ kind: 'rename', id: mailbox.id, parentId: mailbox.parentId }),
    Delete: () => deleteMailbox(services, mailbox),
    v: () => pick({ kind: 'move-mailbox', mailbox }),
  };
  const keyDown = (event: KeyboardEvent) => {
    const act = event.ctrlKey || event.altKey || event.metaKey ? undefined : keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    <ContextMenu entries={folderMenu(services, mailbox, onEdit)}>
      <div>
        <RailItem
          icon={Folder}
          name={mailbox.name}
          depth={depth}
          count={mailbox.unseen}
          unread
          current={current}
          testId={`own-folder-${mailbox.name}`}
          handlers={{ ...rowDrop(services, mailbox.id), onKeyDown: keyDown }}
          onPress={() => showFolder(mailbox.id)}
        />
      </div>
    </ContextMenu>
  );
};
