import { Fragment, useState } from 'react';
import type { Folder } from '../../../shared/message';
import { folderCounts } from '../../../shared/mailbox';
import { useMailboxesOf } from '../../state/mailboxes';
import { useServices } from '../../state/services';
import { showFolder, useSelection } from '../../state/selection';
import { folderName, FOLDERS } from '../../words/folder-words';
import { rowDrop } from './drag-rows';
import type { Editing } from './folder-menu';
import { FolderTree } from './FolderTree';
import { foldersInTree } from './folder-tree';
import { folderIcons } from './folder-icons';
import styles from './Rail.module.css';
import { OwnFolders } from './OwnFolders';
import { RailItem } from './RailItem';

const keys: Partial<Record<Folder, string>> = {
  inbox: 'G I',
  requests: 'G R',
  sent: 'G S',
  drafts: 'G D',
  outbox: 'G O',
  archive: 'G A',
  trash: 'G T',
};
const COUNTED: ReadonlySet<Folder> = new Set(['inbox', 'requests', 'drafts', 'outbox']);

const takesRows = (folder: Folder): boolean => folder !== 'requests' && folder !== 'drafts' && folder !== 'outbox';

/** The folders of the chosen identity, with what waits in them. */
export const Folders = () => {
  const { identityId, isUnified, folder, view, search } = useSelection();
  const all = useMailboxesOf(identityId);
  const counts = folderCounts(all);
  const [editing, edit] = useState<Editing>();
  const inMailbox = (use: Folder) =>
    all.filter(({ specialUse }) => specialUse === use).flatMap(({ id }) => foldersInTree(all, id));
  const services = useServices();
  return (
    <section aria-label="Folders">
      <h2 className={styles.heading}>Mailboxes</h2>
      <ul>
        {FOLDERS.map((one) => (
          <Fragment key={one}>
            <li>
              <RailItem
                icon={folderIcons[one]}
                name={folderName[one]}
                shortcut={keys[one] ?? ''}
                count={COUNTED.has(one) ? counts[one] : 0}
                unread={one === 'inbox' || one === 'requests'}
                current={view === 'mail' && search === undefined && !isUnified && folder === one}
                testId={`folder-${one}`}
                handlers={takesRows(one) ? rowDrop(services, one) : {}}
                onPress={() => showFolder(one)}
              />
            </li>
            {identityId && (
              <FolderTree identityId={identityId} folders={inMailbox(one)} editing={editing} edit={edit} />
            )}
          </Fragment>
        ))}
      </ul>
      {identityId && <OwnFolders identityId={identityId} editing={editing} edit={edit} />}
    </section>
  );
};
