import type { IdentityId, Keyword } from '../../../shared/ids';
import type { TagColour } from '../../../shared/mailbox';
import type { MessageSummary } from '../../../shared/message';
import type { Services } from '../../state/services';
import { groupByIdentity } from '../messages/group-by-identity';
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
  const change = allHave(messages, keyword) ? { add: [], remove: [keyword] } : { add: [keyword], remove: [] };
  await tryOrTell(async () => {
    for (const group of groupByIdentity(messages)) await core.call('messages.setKeywords', { ...group, ...change });
  });
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
