import type { Transfer } from '../../../shared/contract/core-events';
import type { MessageId } from '../../../shared/ids';
import type { Delivery } from '../../../shared/message';
import { deliveryStateWords, failureWords, unacceptedWords } from '../../words/delivery-words';
import { timeText } from '../../words/date-text';
import { awayTitle, isSimplyAway, keptSentence } from '../../words/held-words';

export type RowDeliveryFacts = {
  /** Every delivery of the message. */
  readonly all: readonly Delivery[];
  readonly now: number;
  /** Percent of the bytes that have left, while that is known. */
  readonly percent?: number | undefined;
  /** How many people keep mail for the recipient, as far as this identity was told. */
  readonly holders?: number | undefined;
};

type Say = (delivery: Delivery, facts: RowDeliveryFacts) => string;

const count = (some: readonly Delivery[], all: readonly Delivery[]): string =>
  `${String(some.length)} of ${String(all.length)}`;

const arrived: Say = ({ deliveredAt, readAt }, { all, now }) => {
  const readers = all.filter((one) => one.readAt !== undefined);
  if (all.length === 1 && readAt !== undefined) return `Read ${timeText(readAt, now)}`;
  const title = deliveredAt === undefined ? 'Delivered' : `Delivered ${timeText(deliveredAt, now)}`;
  return readers.length === 0 ? title : `${title} · ${count(readers, all)} have read it`;
};

const waiting: Say = ({ state, nextTryAt }, { now }) => {
  const { title } = deliveryStateWords[state];
  return nextTryAt !== undefined && nextTryAt > now ? `${title} · next try ${timeText(nextTryAt, now)}` : title;
};

const waitingForKey: Say = (delivery, facts) =>
  delivery.reason === 'key-unaccepted' ? unacceptedWords.title : waiting(delivery, facts);

const sayings: Readonly<Record<Delivery['state'], Say>> = {
  'waiting-for-tor': waiting,
  'waiting-for-key': waitingForKey,
  'recipient-offline': (delivery, facts) =>
    isSimplyAway(delivery) ? awayTitle(facts.holders ?? 0) : waiting(delivery, facts),
  delivering: (_delivery, { percent }) => (percent === undefined ? 'Delivering…' : `Delivering · ${String(percent)} %`),
  held: (delivery, { now }) => keptSentence(delivery, now),
  delivered: arrived,
  failed: ({ reason }) => failureWords(reason),
  cancelled: waiting,
};

/** Where a message stands, in the one line of a row; `delivery` is the one that needs attention most. */
export const rowDeliveryWords = (delivery: Delivery, facts: RowDeliveryFacts): string => {
  const words = sayings[delivery.state](delivery, facts);
  if (facts.all.length === 1 || delivery.state === 'delivered') return words;
  return `${words} · ${count(
    facts.all.filter(({ state }) => state === 'delivered'),
    facts.all,
  )} delivered`;
};

/** Percent of a message's octets that have left; undefined while nothing leaves, or its size is not known. */
export const sentPercent = (transfers: readonly Transfer[], messageId: MessageId): number | undefined => {
  const transfer = transfers.find((one) => one.direction === 'out' && one.messageId === messageId);
  return transfer?.total ? Math.min(100, Math.floor((transfer.bytes / transfer.total) * 100)) : undefined;
};
