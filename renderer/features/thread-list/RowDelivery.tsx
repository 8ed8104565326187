import type { MessageSummary } from '../../../shared/message';
import { deliveryIcon } from '../../parts/delivery-icons';
import { deliveryStateWords } from '../../words/delivery-words';
import type { ContactOf } from '../../queries/use-contacts';
import { useTransfers } from '../../state/transfers';
import { Icon } from '../../ui/Icon';
import { leadingDelivery } from '../../words/leading-delivery';
import { rowDeliveryWords, sentPercent } from './row-delivery-words';
import styles from './ThreadList.module.css';

const usePercent = (message: MessageSummary): number | undefined =>
  useTransfers(({ byId }) => sentPercent(Object.values(byId), message.id));

export type RowDeliveryProps = {
  readonly message: MessageSummary;
  readonly now: number;
  readonly contactOf: ContactOf;
};

/** Where the delivery of a message stands, in one line; with several recipients, the one that needs attention most. */
export const RowDelivery = ({ message, now, contactOf }: RowDeliveryProps) => {
  const percent = usePercent(message);
  const delivery = leadingDelivery(message.deliveries);
  if (!delivery) return null;
  const words = rowDeliveryWords(delivery, {
    all: message.deliveries,
    now,
    percent,
    holders: contactOf(delivery.recipient)?.holderCount,
  });
  return (
    <div
      className={styles.delivery}
      data-tone={deliveryStateWords[delivery.state].tone}
      data-state={delivery.state}
      data-testid="row-delivery"
      title={words}
    >
      <Icon icon={deliveryIcon(delivery)} size={13} />
      <span>{words}</span>
    </div>
  );
};
