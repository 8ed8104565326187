import type { MessageSummary } from '../../../../shared/message';

/** What was kept of a stranger's mail, and what is not told to them: what the banner says below its first sentence. */
export const requestSentences = ({
  droppedAttachments,
}: Pick<MessageSummary, 'droppedAttachments'>): readonly string[] => [
  'You see text only; pictures and formatting are left out.',
  ...(droppedAttachments === undefined ? [] : [droppedSentence(droppedAttachments)]),
  'Reading, blocking and deleting tell them nothing, and nothing is reported to anybody. Once accepted, they may notice when you are online.',
];

/** Attachments that were not kept, and how to get them. */
export const droppedSentence = (count: number): string =>
  count === 1
    ? '1 attachment was too large to keep from a stranger; ask for it again after accepting.'
    : `${String(count)} attachments were too large to keep from a stranger; ask for them again after accepting.`;

/** The same once the stranger was accepted. */
export const droppedSince = (count: number): string =>
  `${count === 1 ? '1 attachment was' : `${String(count)} attachments were`} too large to keep while they were a stranger; ask for ${count === 1 ? 'it' : 'them'} again.`;
