import type { ContactOf, NameOf } from '../../queries/use-contacts';
import type { ThreadRow } from '../../state/lists/thread-rows';
import type { Identity } from '../../../shared/identity';
import { IdentityMark } from '../../parts/identity/IdentityMark';
import { TagChips } from '../../parts/TagChips';
import { VisuallyHidden } from '../../ui/VisuallyHidden';
import { fullDate, listDate } from '../../words/date-text';
import { LateMark } from './LateMark';
import { RowDelivery } from './RowDelivery';
import { rowPeople } from './row-people';
import { RowSigns } from './RowSigns';
import styles from './ThreadList.module.css';
import { PeerText } from '../../ui/PeerText';

export type RowTextProps = {
  readonly row: ThreadRow;
  readonly now: number;
  readonly nameOf: NameOf;
  readonly contactOf: ContactOf;
  /** Whose mail it is, where the list has that of several identities. */
  readonly whose?: Identity | undefined;
};

const People = ({ row, nameOf }: Pick<RowTextProps, 'row' | 'nameOf'>) => {
  const { names, onion } = rowPeople(row, nameOf);
  return (
    <span className={styles.from}>
      {row.unread > 0 && <VisuallyHidden>Unread. </VisuallyHidden>}
      <span data-testid="row-people" data-hits="people">
        {names}
      </span>
      {onion !== undefined && <span className={styles.onion}>{onion}</span>}
    </span>
  );
};

/** Own mail shows how far it has come in place of how it begins. */
const LastLine = ({ row: { newest }, now, contactOf, whose }: Omit<RowTextProps, 'nameOf'>) => {
  const underWay = (newest.folder === 'outbox' || newest.folder === 'sent') && newest.deliveries.length > 0;
  return underWay ? (
    <RowDelivery message={newest} now={now} contactOf={contactOf} />
  ) : (
    <div className={styles.third}>
      <div className={styles.preview} data-hits="text">
        <PeerText cut text={newest.preview} />
      </div>
      {whose && <IdentityMark identity={whose} />}
    </div>
  );
};

/** What a row says: who, when, what about, and how it begins or how far it has come. */
export const RowText = ({ row, now, nameOf, contactOf, whose }: RowTextProps) => (
  <div role="gridcell">
    {row.unread > 0 && <span className={styles.dot} />}
    <div className={styles.first}>
      <People row={row} nameOf={nameOf} />
      {row.messages.length > 1 && (
        <span className={styles.threadCount} data-testid="row-count">
          {row.messages.length}
          <VisuallyHidden> messages</VisuallyHidden>
        </span>
      )}
      <span className={styles.date} title={fullDate(row.newest.date)}>
        {listDate(row.newest.date, now)}
      </span>
    </div>
    <div className={styles.second}>
      <span className={styles.subject} data-testid="row-subject" data-hits="subject">
        <PeerText cut text={row.newest.subject || '(no subject)'} />
      </span>
      <TagChips messages={row.messages} />
      <LateMark row={row} now={now} />
      <RowSigns row={row} nameOf={nameOf} contactOf={contactOf} />
    </div>
    <LastLine row={row} now={now} contactOf={contactOf} whose={whose} />
  </div>
);
