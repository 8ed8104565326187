import { useState } from 'react';
import type { MouseEvent } from 'react';
import { goToRow, markUntil, toggleMark } from '../../actions/messages/move-cursor';
import { openMessage } from '../../actions/messages/open-message';
import { findTargetRows } from '../../actions/messages/find-targets';
import { useSelection } from '../../state/selection';
import type { ThreadRow } from '../../state/lists/thread-rows';
import { dragRows } from '../../state/visible-rows';
import { classNames } from '../../ui/class-names';
import { RowActions } from './RowActions';
import { RowText } from './RowText';
import type { RowTextProps } from './RowText';
import styles from './ThreadList.module.css';

export type RowProps = RowTextProps & {
  readonly id: string;
  readonly index: number;
  /** Pixels from the top of the list. */
  readonly top: number;
  readonly selected: boolean;
  readonly marked: boolean;
  readonly cursor: boolean;
};

const press = (event: MouseEvent, row: ThreadRow): void => {
  event.currentTarget.closest<HTMLElement>('[role="grid"]')?.focus();
  if (event.shiftKey) markUntil(row.key);
  else if (event.ctrlKey || event.metaKey) toggleMark(row.key);
  else {
    goToRow(row);
    if (row.newest.folder === 'drafts') openMessage(row.newest);
  }
};

/** All marked rows go when one of them is dragged. */
const draggedWith = (row: ThreadRow): readonly ThreadRow[] =>
  useSelection.getState().marked.has(row.key) ? findTargetRows() : [row];

const classesOf = ({ row, selected, marked, cursor }: RowProps): string =>
  classNames(
    styles.row,
    selected && styles.selected,
    marked && styles.marked,
    cursor && styles.cursor,
    row.unread > 0 && styles.unread,
  );

/** A conversation in the list. */
export const Row = (props: RowProps) => {
  const { row, id, index, top, now, nameOf, contactOf, whose, selected, marked } = props;
  const [hovered, setHovered] = useState(false);
  return (
    // The grid holds the focus and names its active row; what is here is the pointer's way.
    <div
      id={id}
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 1}
      aria-selected={selected || marked}
      data-testid="thread-row"
      data-row-key={row.key}
      data-thread-id={row.newest.threadId}
      data-message-id={row.newest.id}
      data-unread={row.unread > 0}
      className={classesOf(props)}
      style={{ transform: `translateY(${String(top)}px)` }}
      onClick={(event) => press(event, row)}
      onKeyDown={() => undefined}
      draggable={row.newest.folder !== 'drafts' && row.newest.folder !== 'outbox'}
      onDragStart={(event) => dragRows(event.dataTransfer, draggedWith(row))}
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
    >
      <RowText row={row} now={now} nameOf={nameOf} contactOf={contactOf} whose={whose} />
      {hovered && (
        <div role="gridcell">
          <RowActions row={row} />
        </div>
      )}
    </div>
  );
};
