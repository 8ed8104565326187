import type { IdentityId, Keyword } from '../../../shared/ids';
import type { TagColour } from '../../../shared/mailbox';
import type { MessageSummary } from '../../../shared/message';
import type { Services } from '../../state/services';
import { inSteps } from '../messages/in-steps';
import { offerUndo } from '../messages/offer-undo';
import { tryOrTell } from '../window/try-or-tell';

/** The keyword that a tag is by identity: tags of one name are one to whoever looks at the mail of several. */
export type TagOf = ReadonlyMap<IdentityId, Keyword>;

const wordsOf = (tag: TagOf, identityId: IdentityId): Keyword[] => {
  const keyword = tag.get(identityId);
  return keyword === undefined ? [] : [keyword];
};

/** Whether all of them have it. */
export const allHave = (messages: readonly MessageSummary[], tag: TagOf): boolean =>
  messages.length > 0 &&
  messages.every(({ identityId, keywords = [] }) => {
    const keyword = tag.get(identityId);
    return keyword !== undefined && keywords.includes(keyword);
  });

/** Tags messages, or takes the tag off when all have it. */
export const toggleTag = async ({ core }: Services, messages: readonly MessageSummary[], tag: TagOf): Promise<void> => {
  const isOff = allHave(messages, tag);
  const set = (some: readonly MessageSummary[], off: boolean) =>
    inSteps({
      messages: some,
      doing: off ? 'Taking tags off' : 'Tagging',
      change: (group) => {
        const words = wordsOf(tag, group.identityId);
        return core.call('messages.setKeywords', { ...group, add: off ? [] : words, remove: off ? words : [] });
      },
    });
  const done = await set(messages, isOff);
  // What had the tag before keeps it.
  const changed = done.filter((message) => allHave([message], tag) === isOff);
  offerUndo(changed, { said: isOff ? 'without the tag' : 'tagged', undo: () => set(changed, !isOff) });
};

/** Makes a tag and gives it to the messages. */
export const createTag = async (
  services: Services,
  tag: { readonly identityId: IdentityId; readonly name: string; readonly colour: TagColour },
  messages: readonly MessageSummary[],
): Promise<void> => {
  const made = await tryOrTell(() => services.core.call('tags.create', tag));
  if (made) await toggleTag(services, messages, new Map([[tag.identityId, made.keyword]]));
};
