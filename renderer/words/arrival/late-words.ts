import type { MessageSummary } from '../../../shared/message';
import { shortDay } from '../date-text';

/** Milliseconds between writing and arrival from which a message stands far from where new mail is looked for. */
const LATE_MS = 2 * 24 * 60 * 60_000;

/** Whether a message of somebody else came days after it was written, so that it is not on top of a list. */
export const isLate = ({ protection, storedAt, orderedAt }: MessageSummary): boolean =>
  protection !== 'own' && storedAt - orderedAt >= LATE_MS;

/** `Arrived today, written 3 May`. */
export const lateWords = (
  { storedAt, orderedAt }: Pick<MessageSummary, 'storedAt' | 'orderedAt'>,
  now: number,
): string => {
  const arrival = shortDay(storedAt, now);
  return `Arrived ${arrival === shortDay(now, now) ? 'today' : arrival}, written ${shortDay(orderedAt, now)}`;
};
