import { FolderPlus } from 'lucide-react';
import type { IdentityId } from '../../../shared/ids';
import { useMailboxesOf } from '../../state/mailboxes';
import { IconButton } from '../../ui/IconButton';
import { FolderTree, NewFolder } from './FolderTree';
import type { NameEditing } from './FolderTree';
import { foldersInTree } from './folder-tree';
import styles from './Rail.module.css';

export type OwnFoldersProps = NameEditing & { readonly identityId: IdentityId };

/** The person's own folders that lie in no other mailbox, and the way to make one. */
export const OwnFolders = ({ identityId, editing, edit }: OwnFoldersProps) => {
  const all = useMailboxesOf(identityId);
  return (
    <>
      <div className={styles.headingRow}>
        <h2 className={styles.heading}>Folders</h2>
        <IconButton
          icon={FolderPlus}
          label="New folder"
          size="small"
          data-testid="new-folder"
          onClick={() => edit({ kind: 'new', parentId: undefined })}
        />
      </div>
      <ul data-testid="own-folders">
        <FolderTree identityId={identityId} folders={foldersInTree(all)} editing={editing} edit={edit} />
      </ul>
      <NewFolder identityId={identityId} depth={0} parentId={undefined} editing={editing} edit={edit} />
    </>
  );
};
