import type { Delivery } from '../../shared/message';
import { Icon } from '../ui/Icon';
import { ProgressBar } from '../ui/ProgressBar';
import { deliveryIcon } from './delivery-icons';
import { deliverySentence, percentOf } from '../words/delivery-sentence';
import type { DeliveryKnowledge } from '../words/delivery-sentence';
import styles from './DeliveryStatus.module.css';
import { deliveryStateWords, unacceptedWords } from '../words/delivery-words';
import { useNow } from './use-now';

export type DeliveryStatusProps = { readonly delivery: Delivery; readonly known?: DeliveryKnowledge };

/** Where one recipient's delivery stands: an icon and one line in plain words, with a bar while bytes are moving. */
export const DeliveryStatus = ({ delivery, known = {} }: DeliveryStatusProps) => {
  const now = useNow(delivery.nextTryAt === undefined ? 60_000 : 1_000);
  const percent = percentOf(known.progress);
  const isUnaccepted = delivery.reason === 'key-unaccepted' && delivery.state !== 'delivering';
  const { tone } = isUnaccepted ? unacceptedWords : deliveryStateWords[delivery.state];
  return (
    <div className={styles.status} data-testid="delivery-status" data-state={delivery.state}>
      <span className={styles.line} data-tone={tone}>
        <Icon icon={deliveryIcon(delivery)} size={15} />
        <span>{deliverySentence(delivery, now, known)}</span>
      </span>
      {delivery.state === 'held' && (
        <span className={styles.more}>
          {delivery.reason === 'key-unaccepted'
            ? unacceptedWords.sentence
            : 'Not delivered yet: Posthorn goes on trying to reach them directly.'}
        </span>
      )}
      {delivery.state === 'delivering' && <ProgressBar value={percent ?? null} label="Delivery progress" />}
    </div>
  );
};
