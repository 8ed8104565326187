import { useState } from 'react';
import type { MessageId } from '../../../shared/ids';
import type { MessageSummary } from '../../../shared/message';

export type Unfolding = {
  readonly messages: readonly MessageSummary[];
  /** The message by which the conversation was opened. */
  readonly opened: MessageId;
  /** What was unread then, and what was the newest: it stays open when something newer or older comes meanwhile. */
  readonly openAtStart: ReadonlySet<MessageId>;
  /** What the person opened or folded by hand, which stands above everything. */
  readonly changed: ReadonlyMap<MessageId, boolean>;
};

/** Whether a message shows its text: the newest, the one that was opened, and what was unread then. */
export const isUnfolded = ({ messages, opened, openAtStart, changed }: Unfolding, id: MessageId): boolean =>
  changed.get(id) ?? (id === opened || id === messages.at(-1)?.id || openAtStart.has(id));

const NONE: ReadonlySet<MessageId> = new Set();

/** Which messages of a conversation are open, and how to open or fold one. */
export const useUnfolded = (messages: readonly MessageSummary[], opened: MessageId) => {
  const [changed, setChanged] = useState<ReadonlyMap<MessageId, boolean>>(new Map());
  // What was unread when the conversation was opened stays open, though it is read by now.
  const [openAtStart, setOpenAtStart] = useState<ReadonlySet<MessageId>>();
  if (openAtStart === undefined && messages.length > 0) {
    const latest = messages.at(-1);
    setOpenAtStart(new Set(messages.filter((one) => !one.seen || one === latest).map(({ id }) => id)));
  }
  const unfolding = { messages, opened, openAtStart: openAtStart ?? NONE, changed };
  const isOpen = (id: MessageId) => isUnfolded(unfolding, id);
  const toggle = (id: MessageId) => setChanged(new Map(changed).set(id, !isOpen(id)));
  return { isOpen, toggle };
};
