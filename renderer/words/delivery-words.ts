import type { DeliveryReason, DeliveryState } from '../../shared/message';
import type { Words } from './tone';

/** States of one recipient's delivery. */
export const deliveryStateWords: Readonly<Record<DeliveryState, Words>> = {
  'waiting-for-tor': {
    title: 'Waiting for Tor',
    sentence: 'The message leaves as soon as this computer is connected to the Tor network.',
    tone: 'neutral',
  },
  'waiting-for-key': {
    title: 'Waiting for their key',
    sentence: 'The message is sealed and sent as soon as the recipient’s onion hands out its key.',
    tone: 'neutral',
  },
  'recipient-offline': {
    title: 'Recipient offline',
    sentence: 'Their computer cannot be reached right now. Posthorn keeps trying for 14 days.',
    tone: 'neutral',
  },
  delivering: {
    title: 'Delivering',
    sentence: 'The message is on its way to the recipient’s computer.',
    tone: 'accent',
  },
  held: {
    title: 'Kept for them',
    sentence:
      'Somebody whom they trust keeps the sealed message until they are online. It has not arrived yet; Posthorn goes on trying directly.',
    tone: 'accent',
  },
  delivered: { title: 'Delivered', sentence: 'The recipient’s computer has stored the message.', tone: 'good' },
  failed: {
    title: 'Not delivered',
    sentence: 'The message could not be delivered and will not be tried again.',
    tone: 'danger',
  },
  cancelled: { title: 'Cancelled', sentence: 'You stopped this delivery.', tone: 'neutral' },
};

/** Of a delivery that waits for the person, whatever state it is in. */
export const unacceptedWords: Words = {
  title: 'Waiting for you: their key is another',
  sentence:
    'Their key is not the one that you verified, so nothing was sent to it. Scan their code again or accept the new key; the message leaves then.',
  tone: 'warning',
};

/** Why the last try did not deliver, or why the delivery ended: a clause that follows «Not delivered: …». */
export const deliveryReasonWords: Readonly<Record<DeliveryReason, string>> = {
  none: '',
  offline: 'their computer was not online',
  'timed-out': 'their computer did not answer in time',
  'no-mail-service': 'their onion is online, but no mail program answers there',
  interrupted: 'the connection broke off halfway',
  busy: 'their computer asked to try again later',
  refused: 'their computer refused the message',
  'key-not-certified': 'their onion handed out a key that it does not vouch for',
  'key-changed': 'their onion now vouches for another key than before',
  'key-unaccepted': 'their key is not the one that you verified; scan their code again or accept the new key',
  'unknown-mailbox': 'nobody of that name lives at this onion',
  'too-large': 'the message is larger than they accept',
  'bad-address': 'the address is not a valid onion address',
  expired: 'they were not reachable for 14 days',
  unconfirmed: 'it was kept for them, but they never said that it came',
  cancelled: 'you stopped it',
};

/**
 * How a delivery ended that did not succeed. What was kept for somebody may have come to them without their saying so.
 */
export const failureWords = (reason: DeliveryReason): string => {
  const title = reason === 'unconfirmed' ? 'Not confirmed' : deliveryStateWords.failed.title;
  return reason === 'none' ? title : `${title}: ${deliveryReasonWords[reason]}`;
};
