import { putMessages } from '../../mirror/apply-event';
import { useSelection } from '../../state/selection';
import type { Services } from '../../state/services';
import { useVisibleRows } from '../../state/visible-rows';
import { tryOrTell } from '../window/try-or-tell';
import { goToRow } from './move-cursor';
import { openMessage } from './open-message';

/**
 * Shows the next conversation with something unread: below the one that is shown, else from the top. When none of the
 * rows that were read has any, the core is asked: mail that came late may stand far below.
 */
export const goToUnread = async (services: Services): Promise<void> => {
  const { cursor, open, identityId, folder, search } = useSelection.getState();
  const { rows } = useVisibleRows.getState();
  const at = rows.findIndex(({ key, newest }) => key === cursor || newest.threadId === open?.threadId);
  const row = [...rows.slice(at + 1), ...rows.slice(0, at + 1)].find(({ unread }) => unread > 0);
  if (row) {
    goToRow(row);
    return;
  }
  if (search !== undefined || !identityId) return;
  const found = await tryOrTell(() => services.core.call('messages.unread', { identityId, folder }));
  if (found?.message === undefined) return;
  await putMessages(services.mirror, [found.message]);
  openMessage(found.message);
};
