import type { ThreadRow } from '../../state/lists/thread-rows';
import {
  closeConversation,
  isOfOpen,
  markRows,
  markWhole,
  openConversation,
  setCursor,
  useSelection,
} from '../../state/selection';
import { useVisibleRows } from '../../state/visible-rows';

/** Puts the keyboard on a row and shows it in the reader; drafts wait for Enter. */
export const goToRow = (row: ThreadRow): void => {
  setCursor(row.key);
  markRows([]);
  if (row.newest.folder === 'drafts') closeConversation();
  else openConversation({ ...threadOf(row), messageId: openingMessage(row) });
};

const threadOf = ({ newest: { identityId, threadId } }: ThreadRow) => ({ identityId, threadId });

/** A conversation opens at its oldest unread message, else at its newest. */
const openingMessage = (row: ThreadRow) =>
  ([...row.messages].reverse().find((message) => !message.seen) ?? row.newest).id;

const cursorIndex = (rows: readonly ThreadRow[]): number => {
  const { cursor, open } = useSelection.getState();
  const index = rows.findIndex((row) => row.key === cursor);
  return index >= 0 ? index : rows.findIndex((row) => isOfOpen(row.newest, open));
};

/** Goes `steps` rows down (negative: up), as far as there are rows. */
export const moveCursor = (steps: number): void => {
  const { rows } = useVisibleRows.getState();
  const next = rows[Math.max(0, Math.min(rows.length - 1, cursorIndex(rows) + steps))];
  if (next) goToRow(next);
};

/** Goes to the first or the last row. */
export const moveCursorToEnd = (end: 'first' | 'last'): void => {
  const { rows } = useVisibleRows.getState();
  const row = end === 'first' ? rows[0] : rows.at(-1);
  if (row) goToRow(row);
};

/** Marks from the present row `steps` further. */
export const extendMarks = (steps: number): void => {
  const { rows } = useVisibleRows.getState();
  const index = cursorIndex(rows);
  const next = rows[Math.max(0, Math.min(rows.length - 1, index + steps))];
  if (!next) return;
  const present = rows[index];
  markRows([...useSelection.getState().marked, ...(present ? [present.key] : []), next.key]);
  setCursor(next.key);
};

/** Marks a row or takes its mark away. */
export const toggleMark = (key: string): void => {
  const { marked, cursor } = useSelection.getState();
  const { rows } = useVisibleRows.getState();
  const begun =
    marked.size === 0 && cursor !== undefined && rows.some((row) => row.key === cursor) ? [cursor] : [...marked];
  markRows(marked.has(key) ? begun.filter((one) => one !== key) : [...begun, key]);
  setCursor(key);
};

/** Marks every row between the keyboard's row and this one. */
export const markUntil = (key: string): void => {
  const { rows } = useVisibleRows.getState();
  const [from, to] = [Math.max(0, cursorIndex(rows)), rows.findIndex((row) => row.key === key)].sort((a, b) => a - b);
  markRows(rows.slice(from, (to ?? 0) + 1).map((row) => row.key));
};

/** Marks every row of the list; what is not read yet is read and marked as well. */
export const markAll = (): void =>
  markWhole(
    useVisibleRows.getState().rows.map((row) => row.key),
    Date.now(),
  );

/** The row to show once some rows have left the list: the next one below them, else the one above. */
export const rowAfter = (leaving: readonly ThreadRow[]): ThreadRow | undefined => {
  const { rows } = useVisibleRows.getState();
  const gone = new Set(leaving.map((row) => row.key));
  const last = rows.reduce((found, row, index) => (gone.has(row.key) ? index : found), -1);
  const stays = (row: ThreadRow) => !gone.has(row.key);
  return rows.slice(last + 1).find(stays) ?? rows.slice(0, Math.max(0, last)).reverse().find(stays);
};
