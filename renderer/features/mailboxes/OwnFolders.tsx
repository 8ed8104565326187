import { FolderPlus } from 'lucide-react';
import { useState } from 'react';
import { createMailbox, renameMailbox } from '../../actions/mailboxes/change-mailboxes';
import { useMailboxesOf } from '../../state/mailboxes';
import { useSelection } from '../../state/selection';
import { useServices } from '../../state/services';
import { IconButton } from '../../ui/IconButton';
import { FolderName } from './FolderName';
import { foldersInTree } from './folder-tree';
import { OwnFolder } from './OwnFolder';
import styles from './Rail.module.css';
import type { Editing } from './folder-menu';

/** The person's own folders, one in the other; a name is typed in its place. */
export const OwnFolders = () => {
  const services = useServices();
  const identityId = useSelection((selection) => selection.identityId);
  const all = useMailboxesOf(identityId);
  const [editing, setEditing] = useState<Editing>();
  const end = () => setEditing(undefined);
  if (!identityId) return null;
  const field = (depth: number, parentId: Editing['parentId']) => (
    <FolderName
      label="Name of the new folder"
      name=""
      depth={depth}
      onEnd={end}
      onName={(name) => createMailbox(services, { identityId, name, parentId })}
    />
  );
  return (
    <>
      <div className={styles.headingRow}>
        <h2 className={styles.heading}>Folders</h2>
        <IconButton
          icon={FolderPlus}
          label="New folder"
          size="small"
          data-testid="new-folder"
          onClick={() => setEditing({ kind: 'new', parentId: undefined })}
        />
      </div>
      <ul data-testid="own-folders">
        {foldersInTree(all).map(({ mailbox, depth }) => (
          <li key={mailbox.id}>
            {editing?.kind === 'rename' && editing.id === mailbox.id ? (
              <FolderName
                label={`New name of ${mailbox.name}`}
                name={mailbox.name}
                depth={depth}
                onEnd={end}
                onName={(name) => renameMailbox(services, mailbox, name)}
              />
            ) : (
              <OwnFolder mailbox={mailbox} depth={depth} onEdit={setEditing} />
            )}
            {editing?.kind === 'new' && editing.parentId === mailbox.id && field(depth + 1, mailbox.id)}
          </li>
        ))}
      </ul>
      {editing?.kind === 'new' && editing.parentId === undefined && field(0, undefined)}
    </>
  );
};
