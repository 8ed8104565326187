import type { Delivery, DeliveryReason, DeliveryState } from '../../shared/message';
import { timeText } from './date-text';

const reasons: Record<DeliveryReason, string> = {
  none: '',
  offline: 'the recipient is not online',
  'timed-out': 'the recipient did not answer in time',
  'no-mail-service': 'no mail service answered at this address',
  interrupted: 'the connection broke off',
  busy: 'the recipient asked to try again later',
  refused: 'the recipient refused the message',
  'key-not-certified': 'the key offered there is not vouched for by this address',
  'key-changed': 'the recipient’s key has changed; check the contact before sending again',
  'unknown-mailbox': 'there is no such mailbox at this address',
  'too-large': 'the message is larger than the recipient accepts',
  'bad-address': 'this is not an address that mail can be sent to',
  expired: 'the recipient was not reachable for 14 days',
  cancelled: 'you cancelled it',
};

const states: Record<DeliveryState, string> = {
  'waiting-for-tor': 'Waiting for Tor',
  'waiting-for-key': 'Waiting for the recipient’s key',
  'recipient-offline': 'Recipient offline',
  delivering: 'Delivering…',
  delivered: 'Delivered',
  failed: 'Not delivered',
  cancelled: 'Cancelled',
};

/** Why the last try did not deliver, as the second half of a sentence; empty when there is nothing to say. */
export const reasonText = (reason: DeliveryReason): string => reasons[reason];

/** The state of a delivery in one short line, with its time where there is one. */
export const deliveryText = (delivery: Delivery, now: number): string => {
  const state = states[delivery.state];
  if (delivery.state === 'delivered' && delivery.deliveredAt !== undefined) {
    return `${state} ${timeText(delivery.deliveredAt, now)}`;
  }
  if (delivery.state === 'failed') return `${state}: ${reasons[delivery.reason] || 'the delivery ended'}`;
  if (delivery.nextTryAt !== undefined && delivery.nextTryAt > now) {
    return `${state} · next try ${timeText(delivery.nextTryAt, now)}`;
  }
  return state;
};

/** Whether anything can still happen to a delivery. */
export const isPending = (delivery: Delivery): boolean =>
  !['delivered', 'failed', 'cancelled'].includes(delivery.state);

const order: readonly DeliveryState[] = [
  'failed',
  'delivering',
  'recipient-offline',
  'waiting-for-key',
  'waiting-for-tor',
  'cancelled',
  'delivered',
];

/** The delivery of a message that a list shows for all of them: the one that needs attention most. */
export const leadingDelivery = (deliveries: readonly Delivery[]): Delivery | undefined =>
  [...deliveries].sort((one, other) => order.indexOf(one.state) - order.indexOf(other.state))[0];
