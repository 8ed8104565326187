import type { Delivery } from '../../shared/message';
import { Icon } from '../ui/Icon';
import { ProgressBar } from '../ui/ProgressBar';
import { deliveryIcons } from './delivery-icons';
import { deliverySentence, percentOf } from './delivery-sentence';
import type { DeliveryProgress } from './delivery-sentence';
import styles from './DeliveryStatus.module.css';
import { deliveryStateWords } from './words';
import { useNow } from './use-now';

export type DeliveryStatusProps = {
  readonly delivery: Delivery;
  /** What the transfer store knows of this message's bytes, while it is delivering. */
  readonly progress?: DeliveryProgress | undefined;
};

/** Where one recipient's delivery stands: an icon and one line in plain words, with a bar while bytes are moving. */
export const DeliveryStatus = ({ delivery, progress }: DeliveryStatusProps) => {
  const now = useNow(delivery.nextTryAt === undefined ? 60_000 : 1_000);
  const percent = percentOf(progress);
  const { tone } = deliveryStateWords[delivery.state];
  return (
    <div className={styles.status} data-testid="delivery-status" data-state={delivery.state}>
      <span className={styles.line} data-tone={tone}>
        <Icon icon={deliveryIcons[delivery.state]} size={15} />
        <span>{deliverySentence(delivery, now, progress)}</span>
      </span>
      {delivery.state === 'delivering' && <ProgressBar value={percent ?? null} label="Delivery progress" />}
    </div>
  );
};
