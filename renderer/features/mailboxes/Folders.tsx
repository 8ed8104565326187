import type { Folder } from '../../../shared/message';
import { folderCounts } from '../../../shared/mailbox';
import { useMailboxes } from '../../state/mailboxes';
import { showFolder, useSelection } from '../../state/selection';
import { folderName, FOLDERS } from '../../words/folder-words';
import { folderIcons } from './folder-icons';
import styles from './Rail.module.css';
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

/** The folders of the chosen identity, with what waits in them. */
export const Folders = () => {
  const { identityId, folder, view, search } = useSelection();
  const mailboxes = useMailboxes(({ byIdentity }) => (identityId ? byIdentity[identityId] : undefined));
  const counts = folderCounts(mailboxes ?? []);
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
              current={view === 'mail' && search === undefined && folder === one}
              testId={`folder-${one}`}
              onPress={() => showFolder(one)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
};
