import type { MessageSummary } from '../../../shared/message';
import type { Services } from '../../state/services';
import { showToast } from '../../state/toasts';
import { inSteps } from './in-steps';

/** Deletes messages for good: only what is in the trash or a draft. Ask before calling it. */
export const deleteMessages = async (services: Services, messages: readonly MessageSummary[]): Promise<void> => {
  const deletable = messages.filter(({ folder }) => folder === 'trash' || folder === 'drafts');
  const { length: deleted } = await inSteps({
    messages: deletable,
    doing: 'Deleting for good',
    change: (group) => services.core.call('messages.delete', group),
  });
  if (deleted > 0) showToast({ text: deleted === 1 ? 'Message deleted' : `${deleted} messages deleted` });
};
