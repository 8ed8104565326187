import type { Delivery, DeliveryState } from '../../shared/message';

const ORDER: readonly DeliveryState[] = [
  'failed',
  'delivering',
  'recipient-offline',
  'waiting-for-key',
  'waiting-for-tor',
  'held',
  'cancelled',
  'delivered',
];

/** Of a message's deliveries, the one that needs attention most: what a list shows for all of them. */
export const leadingDelivery = (deliveries: readonly Delivery[]): Delivery | undefined =>
  [...deliveries].sort((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state))[0];

/** Whether anything can still happen to a delivery. */
export const isPending = (delivery: Delivery): boolean =>
  !['delivered', 'failed', 'cancelled'].includes(delivery.state);
