import { markSeen, moveRows, toggleFlag, trashRows } from '../../actions/messages/act-on-rows';
import { forwardMessage, replyTo, replyToAll } from '../../actions/compose/answer-message';
import { cyclePanes, focusPane } from '../../actions/window/focus-pane';
import { goBack } from '../../actions/window/go-back';
import { lockProfile } from '../../actions/profile/lock-profile';
import { lockWindow } from '../../actions/profile/lock-window';
import { askQuit } from '../../actions/window/ask-quit';
import { moveCursor, toggleMark } from '../../actions/messages/move-cursor';
import { goToUnread } from '../../actions/messages/go-to-unread';
import { openRow } from '../../actions/messages/open-row';
import { startMessage } from '../../actions/compose/start-message';
import { startScan } from '../../actions/cards/start-scan';
import { toggleFilter } from '../../actions/window/choose-list';
import { switchIdentity } from '../../actions/window/switch-identity';
import { findTargetMessage, findTargetRows } from '../../actions/messages/find-targets';
import type { Folder, MessageSummary } from '../../../shared/message';
import { showShortcuts } from '../../state/layout';
import { pick } from '../../state/picker';
import { useMailboxes } from '../../state/mailboxes';
import { showAllInboxes, showFolder, showView } from '../../state/selection';
import type { Services } from '../../state/services';

export type ShortcutTable = Readonly<Record<string, () => void>>;

const withMessage = (act: (message: MessageSummary) => unknown) => () => {
  const message = findTargetMessage();
  if (message && message.folder !== 'drafts') act(message);
};

const search = (): void => {
  showView('mail');
  requestAnimationFrame(() => document.getElementById('search')?.focus());
};

const mark = (): void => {
  const [row] = findTargetRows();
  if (row) toggleMark(row.key);
};

const moveTo = (): void => {
  const rows = findTargetRows();
  if (rows.length > 0) pick({ kind: 'move-rows', rows });
};

const tag = (): void => {
  const messages = findTargetRows().flatMap((row) => row.messages);
  if (messages.length > 0) pick({ kind: 'tag', messages });
};

/** Keys that work while a text is being typed too. */
export const everywhere = (services: Services): ShortcutTable => ({
  F6: () => cyclePanes(1),
  'Shift+F6': () => cyclePanes(-1),
  'Ctrl+n': startMessage,
  'Ctrl+f': search,
  'Ctrl+k': search,
  'Ctrl+,': () => showView('settings'),
  'Ctrl+l': () => void lockWindow(services),
  'Ctrl+Shift+l': () => void lockProfile(services),
  'Ctrl+q': () => askQuit(services),
  ...Object.fromEntries(
    Array.from({ length: 9 }, (_, index) => [`Ctrl+${String(index + 1)}`, () => void switchIdentity(services, index)]),
  ),
});

/** Keys that open a page anywhere but in a text. */
export const onPages: ShortcutTable = { c: startMessage, '/': search, '?': () => showShortcuts(true), Escape: goBack };

/** Keys for the list and the reader. */
export const inMail = (services: Services): ShortcutTable => ({
  j: () => moveCursor(1),
  k: () => moveCursor(-1),
  n: () => void goToUnread(services),
  o: openRow,
  x: mark,
  r: withMessage(replyTo),
  a: withMessage(replyToAll),
  f: withMessage(forwardMessage),
  e: () => void moveRows(services, 'archive'),
  '#': () => void trashRows(services),
  Delete: () => void trashRows(services),
  v: moveTo,
  t: tag,
  u: () => void markSeen(services, false),
  s: () => void toggleFlag(services),
  l: () => toggleFilter('unread'),
});

const go = (folder: Folder) => () => {
  showFolder(folder);
  focusPane('list');
};

const goToAll = (): void => {
  // With one identity its Inbox is all there is.
  if (Object.keys(useMailboxes.getState().byIdentity).length > 1) showAllInboxes();
  else showFolder('inbox');
  focusPane('list');
};

/** The second key after G. */
export const afterG: ShortcutTable = {
  i: go('inbox'),
  u: goToAll,
  r: go('requests'),
  d: go('drafts'),
  o: go('outbox'),
  s: go('sent'),
  a: go('archive'),
  t: go('trash'),
  c: () => showView('contacts'),
  w: () => showView('trust'),
  h: () => showView('holders'),
  q: startScan,
};
