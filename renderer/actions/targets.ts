import type { MessageSummary } from '../../shared/message';
import type { ThreadRow } from '../queries/thread-rows';
import { useSelection } from '../state/selection';
import { useVisibleRows } from '../state/visible-rows';

const isOpen = (row: ThreadRow): boolean => {
  const { open } = useSelection.getState();
  return open !== undefined && row.newest.threadId === open.threadId;
};

/** The rows that a verb applies to: the marked ones, or the one under the keyboard, or the open one. */
export const targetRows = (): readonly ThreadRow[] => {
  const { marked, cursor } = useSelection.getState();
  const { rows } = useVisibleRows.getState();
  if (marked.size > 0) return rows.filter((row) => marked.has(row.key));
  const row = rows.find(({ key }) => key === cursor) ?? rows.find(isOpen);
  return row ? [row] : [];
};

/** The message that an answer answers: the newest of the open conversation's row, or of the row under the keyboard. */
export const targetMessage = (): MessageSummary | undefined => targetRows()[0]?.newest;
