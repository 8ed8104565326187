import { useState } from 'react';
import type { MessageId } from '../../../shared/ids';
import type { MessageSummary } from '../../../shared/message';

export type Unfolding = {
  readonly messages: readonly MessageSummary[];
  /** The message by which the conversation was opened. */
  readonly opened: MessageId;
  readonly unreadAtStart: ReadonlySet<MessageId>;
  /** What the person opened or folded by hand, which stands above everything. */
  readonly changed: ReadonlyMap<MessageId, boolean>;
};

/** Whether a message shows its text: the newest, the one that was opened, and what was unread then. */
export const isUnfolded = ({ messages, opened, unreadAtStart, changed }: Unfolding, id: MessageId): boolean =>
  changed.get(id) ?? (id === opened || id === messages.at(-1)?.id || unreadAtStart.has(id));

const NONE: ReadonlySet<MessageId> = new Set();

/** Which messages of a conversation are open, and how to open or fold one. */
export const useUnfolded = (messages: readonly MessageSummary[], opened: MessageId) => {
  const [changed, setChanged] = useState<ReadonlyMap<MessageId, boolean>>(new Map());
  // What was unread when the conversation was opened stays open, though it is read by now.
  const [unreadAtStart, setUnread] = useState<ReadonlySet<MessageId>>();
  if (unreadAtStart === undefined && messages.length > 0) {
    setUnread(new Set(messages.filter((message) => !message.seen).map((message) => message.id)));
  }
  const unfolding = { messages, opened, unreadAtStart: unreadAtStart ?? NONE, changed };
  const isOpen = (id: MessageId) => isUnfolded(unfolding, id);
  const toggle = (id: MessageId) => setChanged(new Map(changed).set(id, !isOpen(id)));
  return { isOpen, toggle };
};
