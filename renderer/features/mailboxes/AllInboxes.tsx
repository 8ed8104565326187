import { Mails } from 'lucide-react';
import { folderCounts } from '../../../shared/mailbox';
import { useIdentities } from '../../queries/use-identities';
import { useMailboxes } from '../../state/mailboxes';
import { showAllInboxes, useSelection } from '../../state/selection';
import { allInboxes } from '../../words/folder-words';
import { RailItem } from './RailItem';

/** The way to the inboxes of all identities in one list, for whoever has several. */
export const AllInboxes = () => {
  const identities = useIdentities() ?? [];
  const current = useSelection(({ view, search, isUnified }) => view === 'mail' && search === undefined && isUnified);
  const mailboxes = useMailboxes(({ byIdentity }) => byIdentity);
  if (identities.length < 2) return null;
  const unread = identities.reduce((sum, { id }) => sum + folderCounts(mailboxes[id] ?? []).inbox, 0);
  return (
    <RailItem
      icon={Mails}
      name={allInboxes}
      shortcut="G U"
      count={unread}
      unread
      current={current}
      testId="all-inboxes"
      onPress={showAllInboxes}
    />
  );
};
