import type { Delivery } from '../../shared/message';
import { timeText } from './date-text';
import { awayTitle, isSimplyAway, keptSentence } from './held-words';
import { formatSpan } from './format';
import { deliveryReasonWords, deliveryStateWords, failureWords, unacceptedWords } from './delivery-words';

/** Octets sent so far of a delivery's transfer. */
export type DeliveryProgress = { readonly bytes: number; readonly total?: number | undefined };

/** What else is known of a delivery than it says itself. */
export type DeliveryKnowledge = {
  readonly progress?: DeliveryProgress | undefined;
  /** How many people keep mail for the recipient, as far as this identity was told. */
  readonly holders?: number | undefined;
  /** The names of those who signed for it, when all are known. */
  readonly keepers?: readonly string[] | undefined;
};

/** Whole percent of a transfer, or nothing when its size is not known. */
export const percentOf = (progress: DeliveryProgress | undefined): number | undefined =>
  progress?.total === undefined || progress.total === 0
    ? undefined
    : Math.min(100, Math.floor((progress.bytes / progress.total) * 100));

type Say = (delivery: Delivery, now: number, known: DeliveryKnowledge) => string;

const withReason = (title: string, { reason }: Delivery): string =>
  reason === 'none' ? title : `${title}: ${deliveryReasonWords[reason]}`;

const nextTry = (delivery: Delivery, now: number): string => {
  if (delivery.nextTryAt === undefined) return '';
  return delivery.nextTryAt <= now ? ' – trying now' : ` – next try in ${formatSpan(delivery.nextTryAt - now)}`;
};

const waiting: Say = (delivery, now) =>
  `${withReason(deliveryStateWords[delivery.state].title, delivery)}${nextTry(delivery, now)}`;

/** The person can mend it; when it is tried next says nothing to them. */
const waitingForKey: Say = (delivery, now, known) =>
  delivery.reason === 'key-unaccepted' ? unacceptedWords.sentence : waiting(delivery, now, known);

const away: Say = (delivery, now, { holders = 0 }) =>
  isSimplyAway(delivery) ? `${awayTitle(holders)}${nextTry(delivery, now)}` : waiting(delivery, now, {});

const delivered: Say = ({ deliveredAt, readAt }, now) => {
  const arrived = deliveredAt === undefined ? 'Delivered' : `Delivered at ${timeText(deliveredAt, now)}`;
  return readAt === undefined ? arrived : `${arrived}, read ${timeText(readAt, now)}`;
};

const delivering: Say = (_delivery, _now, { progress }) => {
  const percent = percentOf(progress);
  return percent === undefined ? 'Delivering…' : `Delivering ${String(percent)} %`;
};

const title: Say = ({ state }) => deliveryStateWords[state].title;

const sayings: Readonly<Record<Delivery['state'], Say>> = {
  'waiting-for-tor': title,
  'waiting-for-key': waitingForKey,
  'recipient-offline': away,
  delivering,
  held: (delivery, now, { keepers }) => keptSentence(delivery, now, keepers),
  delivered,
  failed: ({ reason }) => failureWords(reason),
  cancelled: title,
};

/**
 * One line that tells where a delivery stands: `Waiting until you are both online – next try in 4 min`. `now` in
 * milliseconds since 1970.
 */
export const deliverySentence = (delivery: Delivery, now: number, known: DeliveryKnowledge = {}): string =>
  sayings[delivery.state](delivery, now, known);
