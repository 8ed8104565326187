import type { IdentityId } from '../../../shared/ids';
import type { ListSort } from '../../../shared/message';
import type { Folder, MessageSummary } from '../../../shared/message';

/** One row of the list: a conversation within a folder, or a single message where conversations make no sense. */
export type ThreadRow = {
  readonly key: string;
  readonly newest: MessageSummary;
  /** Newest first. */
  readonly messages: readonly MessageSummary[];
  readonly unread: number;
  readonly flagged: boolean;
  readonly attachments: boolean;
};

/** The key of a conversation's row. */
export const threadKey = (identityId: IdentityId, threadId: string): string => `${identityId}/${threadId}`;

const SINGLY: ReadonlySet<Folder | undefined> = new Set(['drafts', 'outbox']);

const rowOf = (key: string, messages: readonly MessageSummary[], newest: MessageSummary): ThreadRow => ({
  key,
  newest,
  messages,
  unread: messages.filter((message) => !message.seen && message.folder !== 'drafts').length,
  flagged: messages.some((message) => message.flagged),
  attachments: messages.some((message) => message.attachmentCount > 0),
});

/**
 * Groups messages into rows; the first message of each conversation decides its place.
 * @param messages newest first, or oldest first when the list goes up
 */
export const threadRows = (
  messages: readonly MessageSummary[],
  direction: ListSort['direction'] = 'down',
): ThreadRow[] => {
  const groups = new Map<string, MessageSummary[]>();
  for (const message of messages) {
    const key = SINGLY.has(message.folder) ? message.id : threadKey(message.identityId, message.threadId);
    const group = groups.get(key);
    if (group) group.push(message);
    else groups.set(key, [message]);
  }
  return [...groups].flatMap(([key, group]) => {
    if (direction === 'up') group.reverse();
    const [newest] = group;
    return newest ? [rowOf(key, group, newest)] : [];
  });
};

/** A row for each message, for lists that stand by something else than the time of writing. */
export const singleRows = (messages: readonly MessageSummary[]): ThreadRow[] =>
  messages.map((message) => rowOf(message.id, [message], message));
