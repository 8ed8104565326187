import type { MessageSummary } from '../../../shared/message';
import type { Services } from '../../state/services';
import { offerUndo } from './offer-undo';
import { inSteps } from './in-steps';

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
  const set = (messages: readonly MessageSummary[], change: FlagChange, doing: string) =>
    inSteps({ messages, doing, change: (group) => services.core.call('messages.setFlags', { ...group, ...change }) });
  const done = await set(changing, request.change, doingOf(request.change));
  offerUndo(done, { said: saidOf(request.change), undo: () => takeBack(done, set) });
};

const doingOf = ({ seen, flagged }: FlagChange): string =>
  flagged === undefined ? `Marking as ${seen ? 'read' : 'unread'}` : flagged ? 'Flagging' : 'Removing flags';

const saidOf = ({ seen, flagged }: FlagChange): string =>
  flagged === undefined ? `marked as ${seen ? 'read' : 'unread'}` : flagged ? 'flagged' : 'without a flag';

type Set = (messages: readonly MessageSummary[], change: FlagChange, doing: string) => Promise<unknown>;

/** Each gets back what it had. */
const takeBack = async (messages: readonly MessageSummary[], set: Set): Promise<void> => {
  for (const seen of [true, false])
    for (const flagged of [true, false]) {
      const alike = messages.filter((message) => message.seen === seen && message.flagged === flagged);
      if (alike.length > 0) await set(alike, { seen, flagged }, 'Taking it back');
    }
};
