import type { ImapMessage } from '../../ports/imap';

const DAY = 86_400_000;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** A date at the beginning of an envelope (RFC 5322 3.3). */
const DATE = /^\("[^"]{0,20}?(\d{1,2}) ([a-z]{3}) (\d{4}) /i;

/**
 * The midnight in UTC of the day that Date names, whatever its time and zone (RFC 9051 6.4.4, SENTON), in milliseconds
 * since 1970.
 */
export function sentDay({ envelope, sentDate }: Pick<ImapMessage, 'envelope' | 'sentDate'>): number {
  const [, day, month = '', year] = DATE.exec(envelope) ?? [];
  const index = MONTHS.indexOf(month.toLowerCase());
  if (index < 0) return sentDate - (sentDate % DAY);
  return Date.UTC(Number(year), index, Number(day));
}
