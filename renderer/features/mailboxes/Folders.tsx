import type { Folder } from '../../../shared/message';
import { folderCounts } from '../../../shared/mailbox';
import { useMailboxesOf } from '../../state/mailboxes';
import { useServices } from '../../state/services';
import { showFolder, useSelection } from '../../state/selection';
import { folderName, FOLDERS } from '../../words/folder-words';
import { rowDrop } from './drag-rows';
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
  const counts = folderCounts(useMailboxesOf(identityId));
  const services = useServices();
  return (
    <section aria-label="Folders">
      <h2 className={styles.heading}>Mailboxes</h2>
      <ul>
        {FOLDERS.map((one) => (
          <li key={one}>
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
        ))}
      </ul>
      <OwnFolders />
    </section>
  );
};
