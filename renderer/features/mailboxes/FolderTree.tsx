import { createMailbox, renameMailbox } from '../../actions/mailboxes/change-mailboxes';
import type { IdentityId } from '../../../shared/ids';
import { useServices } from '../../state/services';
import { FolderName } from './FolderName';
import type { Editing } from './folder-menu';
import type { FolderInTree } from './folder-tree';
import { OwnFolder } from './OwnFolder';

/** The name that is being typed in the rail, and how to begin and end that. */
export type NameEditing = {
  readonly editing: Editing | undefined;
  readonly edit: (editing: Editing | undefined) => void;
};

export type NewFolderProps = NameEditing & {
  readonly identityId: IdentityId;
  readonly depth: number;
  readonly parentId: Editing['parentId'];
};

/** The field for the name of a new folder, while it is wanted in this place. */
export const NewFolder = ({ identityId, depth, parentId, editing, edit }: NewFolderProps) => {
  const services = useServices();
  if (editing?.kind !== 'new' || editing.parentId !== parentId) return null;
  return (
    <FolderName
      label="Name of the new folder"
      name=""
      depth={depth}
      onEnd={() => edit(undefined)}
      onName={(name) => createMailbox(services, { identityId, name, parentId })}
    />
  );
};

export type FolderTreeProps = NameEditing & {
  readonly identityId: IdentityId;
  readonly folders: readonly FolderInTree[];
};

/** Folders of the person's own, one in the other; a name is typed in its place. */
export const FolderTree = ({ identityId, folders, editing, edit }: FolderTreeProps) => {
  const services = useServices();
  return folders.map(({ mailbox, depth }) => (
    <li key={mailbox.id}>
      {editing?.kind === 'rename' && editing.id === mailbox.id ? (
        <FolderName
          label={`New name of ${mailbox.name}`}
          name={mailbox.name}
          depth={depth}
          onEnd={() => edit(undefined)}
          onName={(name) => renameMailbox(services, mailbox, name)}
        />
      ) : (
        <OwnFolder mailbox={mailbox} depth={depth} onEdit={edit} />
      )}
      <NewFolder identityId={identityId} depth={depth + 1} parentId={mailbox.id} editing={editing} edit={edit} />
    </li>
  ));
};
