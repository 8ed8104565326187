import { useShallow } from 'zustand/react/shallow';
import { useSelection } from '../../state/selection';
import { useTransfers } from '../../state/transfers';
import { ProgressBar } from '../../ui/ProgressBar';
import { sizeText } from '../../words/size-text';
import styles from './ThreadList.module.css';

/** Small messages are there before anybody could read that they are coming. */
const WORTH_SHOWING = 256 * 1_024;

/** Large mail that is arriving now, at the foot of the list. */
export const IncomingTransfers = () => {
  const { identityId, isUnified } = useSelection();
  const transfers = useTransfers(
    useShallow(({ byId }) =>
      Object.values(byId).filter(
        (one) => one.direction === 'in' && (isUnified || one.identityId === identityId) && one.bytes > WORTH_SHOWING,
      ),
    ),
  );
  if (transfers.length === 0) return null;
  return (
    <ul className={styles.incoming} aria-label="Arriving mail">
      {transfers.map(({ transferId, bytes, total }) => (
        <li key={transferId} data-testid="incoming-transfer">
          <span>
            Receiving a message · {sizeText(bytes)}
            {total === undefined ? '' : ` of ${sizeText(total)}`}
          </span>
          <ProgressBar
            label="Receiving a message"
            value={total === undefined || total === 0 ? null : Math.min(100, (bytes / total) * 100)}
          />
        </li>
      ))}
    </ul>
  );
};
