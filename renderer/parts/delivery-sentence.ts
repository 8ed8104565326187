import type { Delivery } from '../../shared/message';
import { timeText } from '../words/date-text';
import { formatSpan } from './format';
import { deliveryReasonWords, deliveryStateWords } from './words';

/** Octets sent so far of a delivery's transfer. */
export type DeliveryProgress = { readonly bytes: number; readonly total?: number | undefined };

/** Whole percent of a transfer, or nothing when its size is not known. */
export const percentOf = (progress: DeliveryProgress | undefined): number | undefined =>
  progress?.total === undefined || progress.total === 0 ? undefined : Math.min(100, Math.floor((progress.bytes / progress.total) * 100));

/**
 * One line that tells where a delivery stands: `Recipient offline – next try in 4 min`. `now` in milliseconds since 1970.
 */
export const deliverySentence = (delivery: Delivery, now: number, progress?: DeliveryProgress): string => {
  const { title } = deliveryStateWords[delivery.state];
  if (delivery.state === 'delivered') return deliveredAt(delivery, now);
  if (delivery.state === 'delivering') return delivering(title, progress);
  if (delivery.state === 'failed') return withReason(title, delivery);
  if (delivery.state === 'cancelled' || delivery.state === 'waiting-for-tor') return title;
  return `${withUnusualReason(title, delivery)}${nextTry(delivery, now)}`;
};

const deliveredAt = (delivery: Delivery, now: number): string =>
  delivery.deliveredAt === undefined ? 'Delivered' : `Delivered at ${timeText(delivery.deliveredAt, now)}`;

const delivering = (title: string, progress: DeliveryProgress | undefined): string => {
  const percent = percentOf(progress);
  return percent === undefined ? `${title}…` : `${title} ${percent} %`;
};

const withReason = (title: string, delivery: Delivery): string =>
  delivery.reason === 'none' ? title : `${title}: ${deliveryReasonWords[delivery.reason]}`;

/** «Recipient offline: their computer was not online» says the same thing twice. */
const withUnusualReason = (title: string, delivery: Delivery): string => (delivery.reason === 'offline' ? title : withReason(title, delivery));

const nextTry = (delivery: Delivery, now: number): string => {
  if (delivery.nextTryAt === undefined) return '';
  return delivery.nextTryAt <= now ? ' – trying now' : ` – next try in ${formatSpan(delivery.nextTryAt - now)}`;
};
