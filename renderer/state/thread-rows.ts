import type { IdentityId } from '../../shared/ids';
import type { Folder, MessageSummary } from '../../shared/message';

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
 * Groups messages into rows; the newest message of each conversation decides its place.
 * @param messages newest first
 */
export const threadRows = (messages: readonly MessageSummary[]): ThreadRow[] => {
  const groups = new Map<string, MessageSummary[]>();
  for (const message of messages) {
    const key = SINGLY.has(message.folder) ? message.id : threadKey(message.identityId, message.threadId);
    const group = groups.get(key);
    if (group) group.push(message);
    else groups.set(key, [message]);
  }
  return [...groups].flatMap(([key, group]) => {
    const [newest] = group;
    return newest ? [rowOf(key, group, newest)] : [];
  });
};
