import { folderCounts } from '../../../shared/mailbox';
import { useMailboxes } from '../../state/mailboxes';
import type { Services } from '../../state/services';
import { useUnannounced } from '../../state/unannounced';

const unread = (): number =>
  Object.values(useMailboxes.getState().byIdentity).reduce((sum, all = []) => sum + folderCounts(all).inbox, 0);

/**
 * Keeps the number on the program's icon at the unread mail of all inboxes, and forgets what is unannounced when the
 * person looks.
 * @returns how to stop
 */
export const announceBadge = ({ shell }: Services): (() => void) => {
  const look = () => useUnannounced.setState({ count: 0, late: 0 });
  window.addEventListener('focus', look);
  let shown = 0;
  const stop = useMailboxes.subscribe(() => {
    const count = unread();
    if (count === shown) return;
    shown = count;
    // Not every desktop has such a number.
    shell.call('window.setBadge', { count }).catch(() => undefined);
  });
  return () => {
    stop();
    window.removeEventListener('focus', look);
  };
};
