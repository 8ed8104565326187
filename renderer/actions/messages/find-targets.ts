import type { MessageSummary } from '../../../shared/message';
import { byWriting } from '../../../shared/written-order';
import type { ThreadRow } from '../../state/lists/thread-rows';
import { isOfOpen, useSelection } from '../../state/selection';
import { useVisibleRows } from '../../state/visible-rows';

/** The open conversation's row of the list, or, when it has left the list, the conversation itself. */
export const findOpenedRow = (): ThreadRow | undefined => {
  const { open } = useSelection.getState();
  const { rows, opened } = useVisibleRows.getState();
  if (!open) return undefined;
  return rows.find(({ newest }) => isOfOpen(newest, open)) ?? opened;
};

const written = (message: MessageSummary): boolean => message.protection !== 'own';

/** What an answer to a conversation answers: the newest message that somebody else wrote. */
export const findAnswerable = (messages: readonly MessageSummary[]): MessageSummary | undefined =>
  [...messages].sort(byWriting).reverse().find(written) ?? messages[0];

/** The rows that a verb applies to: the marked ones, or the one under the keyboard, or the open one. */
export const findTargetRows = (): readonly ThreadRow[] => {
  const { marked, cursor } = useSelection.getState();
  const { rows } = useVisibleRows.getState();
  if (marked.size > 0) return rows.filter((row) => marked.has(row.key));
  const row = rows.find(({ key }) => key === cursor) ?? findOpenedRow();
  return row ? [row] : [];
};

/** The message that an answer answers. */
export const findTargetMessage = (): MessageSummary | undefined => findAnswerable(findTargetRows()[0]?.messages ?? []);
