import type { MessageSummary } from '../../../shared/message';
import { shortDay } from '../date-text';

/** `Arrived today, written 3 May`. */
export const lateWords = (
  { storedAt, orderedAt }: Pick<MessageSummary, 'storedAt' | 'orderedAt'>,
  now: number,
): string => {
  const arrival = shortDay(storedAt, now);
  return `Arrived ${arrival === shortDay(now, now) ? 'today' : arrival}, written ${shortDay(orderedAt, now)}`;
};
