import { ChevronDown, ChevronUp } from 'lucide-react';
import { useId, useState } from 'react';
import { cancelDelivery, tryDeliveryNow } from '../../actions/messages/change-delivery';
import type { HistoryEntry } from '../../../shared/custody';
import type { Delivery, MessageSummary } from '../../../shared/message';
import { keepersIn } from '../../words/history-words';
import { DeliveryStatus } from '../../parts/DeliveryStatus';
import type { ContactOf, NameOf } from '../../queries/use-contacts';
import { useHistory } from '../../queries/use-history';
import { useHolders } from '../../queries/use-holder-name';
import type { Holders } from '../../queries/use-holder-name';
import { useServices } from '../../state/services';
import { useTransfers } from '../../state/transfers';
import { Button } from '../../ui/Button';
import { shortOnion } from '../../words/address-text';
import { isPending } from '../../words/leading-delivery';
import { HistoryList } from './HistoryList';
import styles from './MessageCard.module.css';

type PeopleProps = { readonly nameOf: NameOf; readonly contactOf: ContactOf };
type LineProps = PeopleProps & {
  readonly delivery: Delivery;
  readonly history: readonly HistoryEntry[] | null | undefined;
  readonly holders: Holders;
};

/** The names of those who keep it, when every one of them is a contact. */
const keeperNames = (history: readonly HistoryEntry[], { nameOf, isKnown }: Holders): readonly string[] => {
  const keepers = keepersIn(history);
  return keepers.every(isKnown) ? keepers.map(nameOf) : [];
};

const Line = ({ delivery, history, holders, nameOf, contactOf }: LineProps) => {
  const [open, setOpen] = useState(false);
  const id = useId();
  // The core reports what goes out under the delivery's own id.
  const progress = useTransfers(({ byId }) => byId[delivery.id]);
  const own = history?.filter(({ deliveryId }) => deliveryId === delivery.id);
  const known = {
    progress,
    holders: contactOf(delivery.recipient)?.holderCount,
    keepers: keeperNames(own ?? [], holders),
  };
  return (
    <li
      className={styles.delivery}
      data-testid="delivery"
      data-state={delivery.state}
      data-attempts={delivery.attempts}
    >
      <div className={styles.recipient}>
        <span className={styles.name}>{nameOf(delivery.recipient)}</span>{' '}
        <span className={styles.onion}>{shortOnion(delivery.recipient)}</span>
        <DeliveryStatus delivery={delivery} known={known} />
      </div>
      <div className={styles.verbs}>
        <Verbs delivery={delivery} />
        <Button
          tone="quiet"
          icon={open ? ChevronUp : ChevronDown}
          aria-expanded={open}
          aria-controls={id}
          aria-label={`History of the delivery to ${nameOf(delivery.recipient)}`}
          onClick={() => setOpen(!open)}
          data-testid="show-history"
        >
          History
        </Button>
      </div>
      <div id={id} className={styles.history} hidden={!open}>
        {open && <HistoryList entries={history === null ? null : own} holderName={holders.nameOf} />}
      </div>
    </li>
  );
};

/** What can still be done about a delivery. */
const Verbs = ({ delivery }: { readonly delivery: Delivery }) => {
  const services = useServices();
  if (!isPending(delivery)) return null;
  return (
    <>
      {delivery.state !== 'delivering' && (
        <Button onClick={() => void tryDeliveryNow(services, delivery)} data-testid="try-now">
          Try now
        </Button>
      )}
      <Button tone="quiet" onClick={() => void cancelDelivery(services, delivery)} data-testid="cancel-delivery">
        Cancel
      </Button>
    </>
  );
};

export type DeliveryHistoryProps = PeopleProps & { readonly message: MessageSummary };

/** How far a message of ours has come, for each recipient, and one press away how it came there. */
export const DeliveryHistory = (props: DeliveryHistoryProps) =>
  props.message.deliveries.length === 0 ? null : <Deliveries {...props} />;

const Deliveries = ({ message, nameOf, contactOf }: DeliveryHistoryProps) => {
  const history = useHistory(message);
  const holders = useHolders(message.identityId);
  return (
    <section aria-label="Delivery">
      <h2 className={styles.sectionTitle}>Delivery</h2>
      <ul className={styles.deliveries} data-testid="delivery-history">
        {message.deliveries.map((delivery) => (
          <Line
            key={delivery.id}
            delivery={delivery}
            history={history}
            holders={holders}
            nameOf={nameOf}
            contactOf={contactOf}
          />
        ))}
      </ul>
    </section>
  );
};
