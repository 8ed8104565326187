import type { Folder, MessageSummary } from '../../../shared/message';
import { present } from '../../../shared/present';
import type { Services } from '../../state/services';
import { showToast } from '../../state/toasts';
import { folderName } from '../../words/folder-words';
import { tryOrTell } from '../window/try-or-tell';
import { groupByIdentity } from './group-by-identity';

type Target = 'inbox' | 'archive' | 'trash';

const canReturnTo = (folder: Folder | undefined): folder is Target =>
  folder === 'inbox' || folder === 'archive' || folder === 'trash';

/** Drafts and mail on its way have verbs of their own; everything else can be moved. */
export const canMove = (message: MessageSummary, folder: Target): boolean =>
  message.folder !== 'drafts' && message.folder !== 'outbox' && message.folder !== folder;

const move = async ({ core }: Services, messages: readonly MessageSummary[], folder: Target): Promise<void> => {
  for (const group of groupByIdentity(messages)) await core.call('messages.move', { ...group, folder });
};

const takeBack = async (services: Services, messages: readonly MessageSummary[]): Promise<void> => {
  for (const folder of ['inbox', 'archive', 'trash'] as const) {
    const back = messages.filter((message) => message.folder === folder);
    if (back.length > 0) await move(services, back, folder);
  }
};

/** Moves messages and offers to take it back, where they came from a folder that they can return to. */
export const moveMessages = async (
  services: Services,
  request: { readonly messages: readonly MessageSummary[]; readonly folder: Target },
): Promise<void> => {
  const { folder } = request;
  const messages = request.messages.filter((message) => canMove(message, folder));
  if (messages.length === 0) return;
  const moved = await tryOrTell(async () => {
    await move(services, messages, folder);
    return true;
  });
  if (!moved) return;
  const what = messages.length === 1 ? 'Message' : `${messages.length} messages`;
  const undo = { label: 'Undo', run: () => void tryOrTell(() => takeBack(services, messages)) };
  const undoable = messages.every((message) => canReturnTo(message.folder));
  showToast({ text: `${what} moved to ${folderName[folder]}`, ...present({ action: undoable ? undo : undefined }) });
};
