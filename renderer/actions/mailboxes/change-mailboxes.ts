import type { IdentityId, MailboxId } from '../../../shared/ids';
import type { MailboxSummary } from '../../../shared/mailbox';
import { present } from '../../../shared/present';
import { askToConfirm } from '../../state/questions/confirmation';
import { mailboxesOf } from '../../state/mailboxes';
import { showFolder } from '../../state/selection';
import type { Services } from '../../state/services';
import { showToast } from '../../state/toasts';
import { mailboxTitle } from '../../words/folder-words';
import { tryOrTell } from '../window/try-or-tell';

/** Makes a folder and shows it. Answers whether there is one now. */
export const createMailbox = async (
  { core }: Services,
  o: { readonly identityId: IdentityId; readonly name: string; readonly parentId: MailboxId | undefined },
): Promise<boolean> => {
  const { identityId, name, parentId } = o;
  const made = await tryOrTell(() => core.call('mailboxes.create', { identityId, name, ...present({ parentId }) }));
  if (made) showFolder(made.id);
  return made !== undefined;
};

/** Answers whether it has the name now. */
export const renameMailbox = async (
  { core }: Services,
  { identityId, id: mailboxId }: MailboxSummary,
  name: string,
): Promise<boolean> =>
  (await tryOrTell(() => core.call('mailboxes.rename', { identityId, mailboxId, name }))) !== undefined;

/** Puts a folder into another or, without one, to the top; it can be taken back. */
export const moveMailbox = async (
  { core }: Services,
  { identityId, id: mailboxId, name, parentId: before }: MailboxSummary,
  parentId: MailboxId | undefined,
): Promise<void> => {
  if (parentId === before) return;
  const moveTo = (place: MailboxId | undefined) =>
    tryOrTell(() => core.call('mailboxes.move', { identityId, mailboxId, ...present({ parentId: place }) }));
  if (!(await moveTo(parentId))) return;
  const where = parentId === undefined ? 'to the top' : `into ${mailboxTitle(mailboxesOf(identityId), parentId)}`;
  showToast({ text: `${name} moved ${where}`, action: { label: 'Undo', run: () => void moveTo(before) } });
};

/** Deletes a folder with all that lie in it, after a question that says what becomes of the mail. */
export const deleteMailbox = ({ core }: Services, mailbox: MailboxSummary): void => {
  const { identityId, id: mailboxId, name } = mailbox;
  const tree = treeOf(mailbox);
  const mail = tree.reduce((sum, { messages }) => sum + messages, 0);
  const inside = tree.length === 1 ? '' : ` and the ${String(tree.length - 1)} in it`;
  askToConfirm({
    title: `Delete the folder ${name}${inside}?`,
    text: mail === 0 ? 'There is no mail in it.' : `${words(mail)} will be moved to the Trash.`,
    confirm: 'Delete',
    tone: 'danger',
    run: () =>
      void tryOrTell(async () => {
        const { moved } = await core.call('mailboxes.delete', { identityId, mailboxId });
        showToast({ text: moved === 0 ? `${name} deleted` : `${name} deleted, ${words(moved)} moved to the Trash` });
      }),
  });
};

/** Empties a folder after a question: the trash and requests for good, others into the trash. */
export const emptyMailbox = ({ core }: Services, mailbox: MailboxSummary): void => {
  const { identityId, id, specialUse, messages } = mailbox;
  const title = mailboxTitle(mailboxesOf(identityId), id);
  const isFinal = specialUse === 'trash' || specialUse === 'requests';
  askToConfirm({
    title: `Empty ${title}?`,
    text: isFinal
      ? `${words(messages)} will be removed from this computer and cannot be brought back.`
      : `${words(messages)} will be moved to the Trash.`,
    confirm: 'Empty',
    tone: 'danger',
    run: () => void tryOrTell(() => core.call('mailboxes.empty', { identityId, mailbox: id })),
  });
};

const words = (messages: number): string => (messages === 1 ? '1 message' : `${String(messages)} messages`);

/** The folder and all that lie in it. */
const treeOf = (root: MailboxSummary): readonly MailboxSummary[] => {
  const tree = [root];
  const all = mailboxesOf(root.identityId);
  // Grows while it is walked.
  for (const { id } of tree) tree.push(...all.filter(({ parentId }) => parentId === id));
  return tree;
};
