import type { MailboxRef } from '../../../shared/mailbox';
import type { MessageSummary } from '../../../shared/message';
import type { ThreadRow } from '../../state/lists/thread-rows';
import { closeConversation, isOfOpen, markRows, setCursor, useSelection } from '../../state/selection';
import type { Services } from '../../state/services';
import { askToConfirm } from '../../state/questions/confirmation';
import { deleteMessages } from './delete-messages';
import { goToRow, rowAfter } from './move-cursor';
import { moveMessages } from './move-messages';
import { setFlags } from './set-flags';
import { findTargetRows } from './find-targets';

const messagesOf = (rows: readonly ThreadRow[]): readonly MessageSummary[] => rows.flatMap((row) => row.messages);

/** After rows have left, the reader goes on with the next one if it showed one of them. */
const goOn = (leaving: readonly ThreadRow[]): (() => void) => {
  const { open, search } = useSelection.getState();
  const showed = leaving.some((row) => isOfOpen(row.newest, open));
  const next = search === undefined ? rowAfter(leaving) : undefined;
  return () => {
    markRows([]);
    if (showed && next) goToRow(next);
    else if (showed) closeConversation();
    else setCursor(next?.key);
  };
};

/** Moves rows to a mailbox; without rows, those that are chosen. */
export const moveRows = async (services: Services, folder: MailboxRef, rows = findTargetRows()): Promise<void> => {
  const messages = messagesOf(rows);
  if (messages.length === 0) return;
  const then = goOn(rows);
  await moveMessages(services, { messages, folder });
  then();
};

const discard = (services: Services, rows: readonly ThreadRow[]): void => {
  const messages = messagesOf(rows);
  const drafts = messages.every((message) => message.folder === 'drafts');
  const what =
    messages.length === 1
      ? drafts
        ? 'this draft'
        : 'this message'
      : `these ${String(messages.length)} ${drafts ? 'drafts' : 'messages'}`;
  const then = goOn(rows);
  askToConfirm({
    title: `Delete ${what} for good?`,
    text: 'It is removed from this computer and cannot be brought back.',
    confirm: 'Delete',
    tone: 'danger',
    run: () => void deleteMessages(services, messages).then(then),
  });
};

/** Moves rows to the trash; what is there already, and drafts, are deleted for good after a question. */
export const trashRows = async (services: Services, rows = findTargetRows()): Promise<void> => {
  const final = rows.filter(({ newest }) => newest.folder === 'trash' || newest.folder === 'drafts');
  if (final.length > 0) discard(services, final);
  else await moveRows(services, 'trash', rows);
};

/** Flags the rows, or takes the flag away when all have it. */
export const toggleFlag = (services: Services, rows = findTargetRows()): Promise<void> => {
  const flagged = !rows.every((row) => row.flagged);
  const messages = rows.flatMap((row) => (flagged ? [row.newest] : row.messages));
  return setFlags(services, { messages, change: { flagged } });
};

/** Marks the rows as read or unread. Unread closes the reader, which would mark them as read again. */
export const markSeen = async (services: Services, seen: boolean, rows = findTargetRows()): Promise<void> => {
  if (!seen && rows.some((row) => isOfOpen(row.newest, useSelection.getState().open))) closeConversation();
  const messages = rows.flatMap((row) => (seen ? row.messages : [row.newest]));
  await setFlags(services, { messages, change: { seen } });
};
