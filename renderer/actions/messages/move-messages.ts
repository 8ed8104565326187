import type { MailboxRef } from '../../../shared/mailbox';
import type { MessageSummary } from '../../../shared/message';
import { present } from '../../../shared/present';
import { mailboxesOf } from '../../state/mailboxes';
import type { Services } from '../../state/services';
import { showToast } from '../../state/toasts';
import { mailboxTitle } from '../../words/folder-words';
import { tryOrTell } from '../window/try-or-tell';
import { groupByIdentity } from './group-by-identity';

/** Drafts and mail on its way have verbs of their own; everything else can be moved. */
export const canMove = (message: MessageSummary, folder: MailboxRef): boolean =>
  message.folder !== 'drafts' &&
  message.folder !== 'outbox' &&
  message.folder !== folder &&
  message.mailboxId !== folder;

/** Only strangers put mail into Requests. */
const canReturn = (message: MessageSummary): boolean => message.folder !== 'requests';

const move = async ({ core }: Services, messages: readonly MessageSummary[], folder: MailboxRef): Promise<void> => {
  for (const group of groupByIdentity(messages)) await core.call('messages.move', { ...group, folder });
};

const takeBack = async (services: Services, messages: readonly MessageSummary[]): Promise<void> => {
  const places = new Set(messages.map((message) => message.folder ?? message.mailboxId));
  for (const place of places)
    await move(
      services,
      messages.filter((message) => (message.folder ?? message.mailboxId) === place),
      place,
    );
};

/** Moves messages and offers to take it back, where they came from a mailbox that they can return to. */
export const moveMessages = async (
  services: Services,
  request: { readonly messages: readonly MessageSummary[]; readonly folder: MailboxRef },
): Promise<void> => {
  const { folder } = request;
  const messages = request.messages.filter((message) => canMove(message, folder));
  const [first] = messages;
  if (!first) return;
  const moved = await tryOrTell(async () => {
    await move(services, messages, folder);
    return true;
  });
  if (!moved) return;
  const what = messages.length === 1 ? 'Message' : `${messages.length} messages`;
  const undo = { label: 'Undo', run: () => void tryOrTell(() => takeBack(services, messages)) };
  const title = mailboxTitle(mailboxesOf(first.identityId), folder);
  showToast({
    text: `${what} moved to ${title}`,
    ...present({ action: messages.every(canReturn) ? undo : undefined }),
  });
};
