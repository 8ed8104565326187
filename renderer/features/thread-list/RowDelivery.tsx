import type { Delivery, MessageSummary } from '../../../shared/message';
import { deliveryIcons } from '../../parts/delivery-icons';
import { deliveryReasonWords, deliveryStateWords } from '../../parts/words';
import { useTransfers } from '../../state/transfers';
import { Icon } from '../../ui/Icon';
import { timeText } from '../../words/date-text';
import { leadingDelivery } from '../../words/leading-delivery';
import styles from './ThreadList.module.css';

const sentence = (delivery: Delivery, now: number, percent: number | undefined): string => {
  const { title } = deliveryStateWords[delivery.state];
  if (delivery.state === 'delivering') return percent === undefined ? `${title}…` : `${title} · ${String(percent)} %`;
  if (delivery.state === 'delivered' && delivery.deliveredAt !== undefined) return `${title} ${timeText(delivery.deliveredAt, now)}`;
  if (delivery.state === 'failed') return `${title}: ${deliveryReasonWords[delivery.reason] || 'the delivery ended'}`;
  if (delivery.nextTryAt !== undefined && delivery.nextTryAt > now) return `${title} · next try ${timeText(delivery.nextTryAt, now)}`;
  return title;
};

const usePercent = (message: MessageSummary): number | undefined =>
  useTransfers(({ byId }) => {
    const transfer = Object.values(byId).find(({ direction, messageId }) => direction === 'out' && messageId === message.id);
    return transfer?.total ? Math.min(100, Math.floor((transfer.bytes / transfer.total) * 100)) : undefined;
  });

/** Where the delivery of a message stands, in one line; with several recipients, the one that needs attention most. */
export const RowDelivery = ({ message, now }: { readonly message: MessageSummary; readonly now: number }) => {
  const percent = usePercent(message);
  const delivery = leadingDelivery(message.deliveries);
  if (!delivery) return null;
  const arrived = message.deliveries.filter(({ state }) => state === 'delivered').length;
  const several = message.deliveries.length > 1 ? ` · ${String(arrived)} of ${String(message.deliveries.length)} delivered` : '';
  return (
    <div className={styles.delivery} data-tone={deliveryStateWords[delivery.state].tone} data-state={delivery.state} data-testid="row-delivery">
      <Icon icon={deliveryIcons[delivery.state]} size={13} />
      <span>
        {sentence(delivery, now, percent)}
        {delivery.state === 'delivered' ? '' : several}
      </span>
    </div>
  );
};
