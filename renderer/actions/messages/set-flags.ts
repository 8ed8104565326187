import type { MessageSummary } from '../../../shared/message';
import type { Services } from '../../state/services';
import { tryOrTell } from '../window/try-or-tell';
import { groupByIdentity } from './group-by-identity';

export type FlagChange = { readonly seen?: boolean; readonly flagged?: boolean };

const differs = (message: MessageSummary, change: FlagChange): boolean =>
  (change.seen !== undefined && change.seen !== message.seen) ||
  (change.flagged !== undefined && change.flagged !== message.flagged);

/** Marks messages as read or unread, flagged or not; those that already are so are left alone. */
export const setFlags = async (
  services: Services,
  request: { readonly messages: readonly MessageSummary[]; readonly change: FlagChange },
): Promise<void> => {
  const changing = request.messages.filter((message) => differs(message, request.change));
  await tryOrTell(async () => {
    for (const group of groupByIdentity(changing))
      await services.core.call('messages.setFlags', { ...group, ...request.change });
  });
};
