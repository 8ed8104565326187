import type { MailboxRef } from '../../../shared/mailbox';
import type { MessageSummary } from '../../../shared/message';
import { present } from '../../../shared/present';
import { mailboxesOf } from '../../state/mailboxes';
import type { Services } from '../../state/services';
import { showToast } from '../../state/toasts';
import { isSpecial, mailboxTitle } from '../../words/folder-words';
import type { MessageGroup } from './group-by-identity';
import { inSteps } from './in-steps';

/** A mailbox of one's own takes mail of its identity alone: each has the inbox, the archive and the rest. */
const isOf = ({ identityId }: MessageSummary, folder: MailboxRef): boolean =>
  isSpecial(folder) || mailboxesOf(identityId).some(({ id }) => id === folder);

/** Drafts and mail on its way have verbs of their own; everything else can be moved within its identity. */
export const canMove = (message: MessageSummary, folder: MailboxRef): boolean =>
  message.folder !== 'drafts' &&
  message.folder !== 'outbox' &&
  message.folder !== folder &&
  message.mailboxId !== folder &&
  isOf(message, folder);

/** Only strangers put mail into Requests. */
const canReturn = (message: MessageSummary): boolean => message.folder !== 'requests';

type Move = { readonly messages: readonly MessageSummary[]; readonly folder: MailboxRef };

const move = ({ core }: Services, { messages, folder }: Move): Promise<readonly MessageSummary[]> => {
  const [first] = messages;
  const title = first === undefined ? '' : mailboxTitle(mailboxesOf(first.identityId), folder);
  const change = (group: MessageGroup) => core.call('messages.move', { ...group, folder });
  return inSteps({ messages, doing: `Moving to ${title}`, change });
};

const takeBack = async (services: Services, messages: readonly MessageSummary[]): Promise<void> => {
  const places = new Set(messages.map((message) => message.folder ?? message.mailboxId));
  for (const place of places)
    await move(services, {
      messages: messages.filter((message) => (message.folder ?? message.mailboxId) === place),
      folder: place,
    });
};

/** Moves messages and offers to take it back, where they came from a mailbox that they can return to. */
export const moveMessages = async (services: Services, request: Move): Promise<void> => {
  const { folder } = request;
  const wanted = request.messages.filter((message) => canMove(message, folder));
  if (request.messages.some((message) => !isOf(message, folder)))
    showToast({ text: 'This folder is another identity’s. Mail of one identity is never moved to another.' });
  const messages = await move(services, { messages: wanted, folder });
  const [first] = messages;
  if (!first) return;
  const what = messages.length === 1 ? 'Message' : `${messages.length} messages`;
  const undo = { label: 'Undo', run: () => void takeBack(services, messages) };
  const title = mailboxTitle(mailboxesOf(first.identityId), folder);
  showToast({
    text: `${what} moved to ${title}`,
    ...present({ action: messages.every(canReturn) ? undo : undefined }),
  });
};
