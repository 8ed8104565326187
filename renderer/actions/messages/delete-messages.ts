import type { MessageSummary } from '../../../shared/message';
import type { Services } from '../../state/services';
import { showToast } from '../../state/toasts';
import { tryOrTell } from '../window/try-or-tell';
import { groupByIdentity } from './group-by-identity';

/** Deletes messages for good: only what is in the trash or a draft. Ask before calling it. */
export const deleteMessages = async (services: Services, messages: readonly MessageSummary[]): Promise<void> => {
  const deletable = messages.filter(({ folder }) => folder === 'trash' || folder === 'drafts');
  const deleted = await tryOrTell(async () => {
    for (const group of groupByIdentity(deletable)) await services.core.call('messages.delete', group);
    return deletable.length;
  });
  if (deleted) showToast({ text: deleted === 1 ? 'Message deleted' : `${deleted} messages deleted` });
};
