import { useState } from 'react';
import type { MouseEvent } from 'react';
import { goToRow, markUntil, toggleMark } from '../../actions/move-cursor';
import { openMessage } from '../../actions/open-message';
import type { NameOf } from '../../queries/use-contacts';
import type { ThreadRow } from '../../queries/thread-rows';
import { classNames } from '../../ui/class-names';
import { VisuallyHidden } from '../../ui/VisuallyHidden';
import { listDate } from '../../words/date-text';
import { RowActions } from './RowActions';
import { RowDelivery } from './RowDelivery';
import { rowPeople } from './row-people';
import { RowSigns } from './RowSigns';
import styles from './ThreadList.module.css';

export type RowProps = {
  readonly row: ThreadRow;
  readonly id: string;
  readonly index: number;
  readonly top: number;
  readonly now: number;
  readonly nameOf: NameOf;
  readonly selected: boolean;
  readonly marked: boolean;
  readonly cursor: boolean;
};

const press = (event: MouseEvent, row: ThreadRow): void => {
  if (event.shiftKey) markUntil(row.key);
  else if (event.ctrlKey || event.metaKey) toggleMark(row.key);
  else {
    goToRow(row);
    if (row.newest.folder === 'drafts') openMessage(row.newest);
  }
};

/** A conversation in the list: who, when, what about, and how it begins. */
export const Row = ({ row, id, index, top, now, nameOf, selected, marked, cursor }: RowProps) => {
  const [hovered, setHovered] = useState(false);
  const { newest } = row;
  const people = rowPeople(row, nameOf);
  const states = [selected && styles.selected, marked && styles.marked, cursor && styles.cursor, row.unread > 0 && styles.unread];
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
      data-thread-id={newest.threadId}
      data-message-id={newest.id}
      data-unread={row.unread > 0}
      className={classNames(styles.row, ...states)}
      style={{ transform: `translateY(${String(top)}px)` }}
      onClick={(event) => press(event, row)}
      onKeyDown={() => undefined}
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
    >
      <div role="gridcell">
        {row.unread > 0 && <span className={styles.dot} />}
        <div className={styles.first}>
          <span className={styles.from}>
            {row.unread > 0 && <VisuallyHidden>Unread. </VisuallyHidden>}
            <span data-testid="row-people">{people.names}</span>
            {people.onion !== undefined && <span className={styles.onion}>{people.onion}</span>}
          </span>
          {row.messages.length > 1 && (
            <span className={styles.threadCount} data-testid="row-count">
              {row.messages.length}
              <VisuallyHidden> messages</VisuallyHidden>
            </span>
          )}
          <span className={styles.date}>{listDate(newest.date, now)}</span>
        </div>
        <div className={styles.second}>
          <span className={styles.subject} data-testid="row-subject">
            {newest.subject || '(no subject)'}
          </span>
          <RowSigns row={row} />
        </div>
        {(newest.folder === 'outbox' || newest.folder === 'sent') && newest.deliveries.length > 0 ? (
          <RowDelivery message={newest} now={now} />
        ) : (
          <div className={styles.preview}>{newest.preview}</div>
        )}
      </div>
      {hovered && (
        <div role="gridcell">
          <RowActions row={row} />
        </div>
      )}
    </div>
  );
};
