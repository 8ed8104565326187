import type { IdentityId } from '../../../shared/ids';
import type { MailboxRef } from '../../../shared/mailbox';
import type { MessageSummary } from '../../../shared/message';
import { byWriting } from '../../../shared/written-order';
import { putMessages } from '../../mirror/apply-event';
import { isOfOpen, setCursor, useSelection } from '../../state/selection';
import type { Services } from '../../state/services';
import { threadKey } from '../../state/lists/thread-rows';
import { showToast } from '../../state/toasts';
import { useVisibleRows } from '../../state/visible-rows';
import { mailboxesOf } from '../../state/mailboxes';
import { allInboxes, mailboxTitle } from '../../words/folder-words';
import { tryOrTell } from '../window/try-or-tell';
import { goToRow } from './move-cursor';
import { openMessage } from './open-message';

/**
 * Shows the next conversation with something unread: below the one that is shown, else from the top. When none of the
 * rows that were read has any, the core is asked: mail that came late may stand far below. Without any, it says so.
 */
export const goToUnread = async (services: Services): Promise<void> => {
  const { cursor, open, identityId, isUnified, folder, search } = useSelection.getState();
  const { rows } = useVisibleRows.getState();
  const at = rows.findIndex(({ key, newest }) => key === cursor || isOfOpen(newest, open));
  const row = [...rows.slice(at + 1), ...rows.slice(0, at + 1)].find(({ unread }) => unread > 0);
  if (row) {
    goToRow(row);
    return;
  }
  if (!identityId) return;
  if (search !== undefined) {
    sayAllRead('Nothing unread among what was found');
    return;
  }
  const identityIds = isUnified ? await services.mirror.identities.toCollection().primaryKeys() : [identityId];
  const found = await tryOrTell(() => findUnread(services, identityIds, folder));
  if (!found) return;
  const [message] = found;
  if (message === undefined) {
    sayAllRead(`Nothing unread in ${isUnified ? allInboxes : mailboxTitle(mailboxesOf(identityId), folder)}`);
    return;
  }
  await putMessages(services.mirror, [message]);
  openMessage(message);
  // Its row comes into sight as soon as it is there.
  setCursor(threadKey(message.identityId, message.threadId));
};

/** The newest unread message of this mailbox of each, the newest first. */
const findUnread = async (
  { core }: Services,
  identityIds: readonly IdentityId[],
  folder: MailboxRef,
): Promise<MessageSummary[]> => {
  const answers = await Promise.all(
    identityIds.map((identityId) => core.call('messages.unread', { identityId, folder })),
  );
  return answers
    .flatMap(({ message }) => message ?? [])
    .sort(byWriting)
    .reverse();
};

const sayAllRead = (text: string): void => void showToast({ text, about: 'all-read' });
