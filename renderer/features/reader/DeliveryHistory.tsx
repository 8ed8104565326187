import { cancelDelivery, tryDeliveryNow } from '../../actions/change-delivery';
import type { Delivery, MessageSummary } from '../../../shared/message';
import { DeliveryStatus } from '../../parts/DeliveryStatus';
import type { NameOf } from '../../queries/use-contacts';
import { useServices } from '../../state/services';
import { useTransfers } from '../../state/transfers';
import { Button } from '../../ui/Button';
import { shortOnion } from '../../words/address-text';
import { isPending } from '../../words/leading-delivery';
import styles from './MessageCard.module.css';

type LineProps = { readonly delivery: Delivery; readonly nameOf: NameOf };

const Line = ({ delivery, nameOf }: LineProps) => {
  const services = useServices();
  // The core reports what goes out under the delivery's own id.
  const transfer = useTransfers(({ byId }) => byId[delivery.id]);
  const pending = isPending(delivery);
  return (
    <li className={styles.delivery} data-testid="delivery" data-state={delivery.state}>
      <div className={styles.recipient}>
        <span className={styles.name}>{nameOf(delivery.recipient)}</span> <span className={styles.onion}>{shortOnion(delivery.recipient)}</span>
        <DeliveryStatus delivery={delivery} progress={transfer} />
        {delivery.attempts > 1 && <span className={styles.tries}>{delivery.attempts} tries</span>}
      </div>
      {pending && delivery.state !== 'delivering' && (
        <Button onClick={() => void tryDeliveryNow(services, delivery)} data-testid="try-now">
          Try now
        </Button>
      )}
      {pending && (
        <Button tone="quiet" onClick={() => void cancelDelivery(services, delivery)} data-testid="cancel-delivery">
          Cancel
        </Button>
      )}
    </li>
  );
};

/** How far a message of ours has come, for each recipient. */
export const DeliveryHistory = ({ message, nameOf }: { readonly message: MessageSummary; readonly nameOf: NameOf }) => {
  if (message.deliveries.length === 0) return null;
  return (
    <section aria-label="Delivery">
      <h2 className={styles.sectionTitle}>Delivery</h2>
      <ul className={styles.deliveries} data-testid="delivery-history">
        {message.deliveries.map((delivery) => (
          <Line key={delivery.id} delivery={delivery} nameOf={nameOf} />
        ))}
      </ul>
    </section>
  );
};
