import { useLayoutEffect, useRef } from 'react';
import { takeFocusOfPane } from '../../actions/window/focus-pane';
import { useMarkedHits } from '../../parts/marks/use-marked-hits';
import { useNow } from '../../parts/use-now';
import type { ThreadRow } from '../../state/lists/thread-rows';
import type { Identity } from '../../../shared/identity';
import type { IdentityId } from '../../../shared/ids';
import { useIdentities } from '../../queries/use-identities';
import { usePeople } from '../../queries/use-people';
import { isOfOpen, useSelection } from '../../state/selection';
import type { OpenConversation } from '../../state/selection';
import { useServices } from '../../state/services';
import { ContextMenu } from '../../ui/menus/ContextMenu';
import { listKeyDown, pointAtRow } from './list-keys';
import { Row } from './Row';
import { rowMenu } from './row-menu';
import styles from './ThreadList.module.css';
import { useRowsOnScreen } from './use-rows-on-screen';

const rowId = (key: string): string => `row-${key.replaceAll(/[^\w-]/gu, '_')}`;

/** A message that stands by itself is not all of its conversation. */
const shows = ({ key, newest }: ThreadRow, open: OpenConversation | undefined): boolean =>
  key === newest.id ? open?.messageId === newest.id : isOfOpen(newest, open);

export type RowGridProps = {
  readonly label: string;
  readonly identityIds: readonly IdentityId[];
  /** Whether each row says whose it is. */
  readonly saysWhose: boolean;
  readonly rows: readonly ThreadRow[];
  readonly onNearEnd: () => void;
};

/** The rows that are near the screen, in a grid that the keyboard walks. */
export const RowGrid = ({ label, identityIds, saysWhose, rows, onNearEnd }: RowGridProps) => {
  const services = useServices();
  const scroll = useRef<HTMLDivElement>(null);
  const { open, marked, cursor } = useSelection();
  const peopleOf = usePeople(identityIds);
  const identities = useIdentities();
  const ownerOf = (row: ThreadRow): Identity | undefined =>
    saysWhose ? identities?.find(({ id }) => id === row.newest.identityId) : undefined;
  const markHits = useMarkedHits();
  const now = useNow(30_000);
  const cursorAt = rows.findIndex((row) => row.key === cursor);
  const { items, height } = useRowsOnScreen({ scroll, rows, cursor, onNearEnd });
  // The keyboard may come into the pane before there are rows to stand on, and stays when they go.
  useLayoutEffect(() => takeFocusOfPane(scroll.current), []);
  const chosen = rows.filter((row) => marked.has(row.key));
  const menuRow = rows.filter((row) => row.key === cursor);
  return (
    <ContextMenu entries={rowMenu(services, chosen.length > 0 ? chosen : menuRow)}>
      <div
        ref={scroll}
        id="thread-list"
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-multiselectable
        aria-rowcount={rows.length}
        aria-activedescendant={cursorAt >= 0 && cursor !== undefined ? rowId(cursor) : undefined}
        className={styles.scroll}
        data-testid="thread-list"
        onKeyDown={listKeyDown}
        onContextMenuCapture={pointAtRow}
      >
        <div ref={markHits} role="rowgroup" className={styles.sizer} style={{ height: height }}>
          {items.map(({ index, start }) => {
            const row = rows[index];
            return row ? (
              <Row
                key={row.key}
                row={row}
                id={rowId(row.key)}
                index={index}
                top={start}
                now={now}
                {...peopleOf(row.newest.identityId)}
                whose={ownerOf(row)}
                selected={marked.size === 0 && shows(row, open)}
                marked={marked.has(row.key)}
                cursor={row.key === cursor}
              />
            ) : null;
          })}
        </div>
      </div>
    </ContextMenu>
  );
};
