import { useMailboxesOf } from '../../state/mailboxes';
import { useSelection } from '../../state/selection';
import { allInboxes, mailboxTitle } from '../../words/folder-words';

/** What the list is called while no search is shown. */
export const useListTitle = (): string => {
  const { identityId, isUnified, folder } = useSelection();
  const mailboxes = useMailboxesOf(identityId);
  return isUnified ? allInboxes : mailboxTitle(mailboxes, folder);
};
