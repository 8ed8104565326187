import type { IdentityId, Keyword } from '../../../shared/ids';
import type { TagColour } from '../../../shared/mailbox';
import type { MessageSummary } from '../../../shared/message';
import type { Services } from '../../state/services';
import { inSteps } from '../messages/in-steps';
import { offerUndo } from '../messages/offer-undo';
import { tryOrTell } from '../window/try-or-tell';

/** Whether all of them have it. */
export const allHave = (messages: readonly MessageSummary[], keyword: Keyword): boolean =>
  messages.length > 0 && messages.every(({ keywords = [] }) => keywords.includes(keyword));

/** Tags messages, or takes the tag off when all have it. */
export const toggleTag = async (
  { core }: Services,
  messages: readonly MessageSummary[],
  keyword: Keyword,
): Promise<void> => {
  const isOff = allHave(messages, keyword);
  const set = (some: readonly MessageSummary[], off: boolean) =>
    inSteps({
      messages: some,
      doing: off ? 'Taking tags off' : 'Tagging',
      change: (group) =>
        core.call('messages.setKeywords', { ...group, add: off ? [] : [keyword], remove: off ? [keyword] : [] }),
    });
  const done = await set(messages, isOff);
  // What had the tag before keeps it.
  const changed = done.filter((message) => allHave([message], keyword) === isOff);
  offerUndo(changed, { said: isOff ? 'without the tag' : 'tagged', undo: () => set(changed, !isOff) });
};

/** Makes a tag and gives it to the messages. */
export const createTag = async (
  services: Services,
  tag: { readonly identityId: IdentityId; readonly name: string; readonly colour: TagColour },
  messages: readonly MessageSummary[],
): Promise<void> => {
  const made = await tryOrTell(() => services.core.call('tags.create', tag));
  if (made) await toggleTag(services, messages, made.keyword);
};
