import { withoutComments } from './comments';

/** `Fri, 2 Jan 26 3:04:05 EST`, as it is written today and as it was (RFC 5322 3.3 and 4.3), without comments. */
const DATE =
  /^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?(\d{1,2}) ([a-z]{3})[a-z]{0,6} (\d{2,4}) (\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d{1,9})?)?(?: ?((?:gmt|utc?)? ?[+-]\d{1,2}:?\d{2}|[a-z]{1,5}))?$/i;
/** Quotes around a zone, a dot behind a short name, dashes within a day (RFC 850): they say nothing. */
const IDLE = /"|(?<=[a-z])\.|(?<=\d)-(?=[a-z])|(?<=[a-z])-(?=\d{2,4} )|[;,]\s*$/gi;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Hours of the zones that have a name; every other one says nothing (RFC 5322 4.3). */
const ZONES: ReadonlyMap<string, number> = new Map([
  ['edt', -4],
  ['est', -5],
  ['cdt', -5],
  ['cst', -6],
  ['mdt', -6],
  ['mst', -7],
  ['pdt', -7],
  ['pst', -8],
]);
const MINUTE_MS = 60_000;
const END_OF_9999 = 253_402_300_799_999;

/** `Thu, 01 Jan 2026 00:00:00 +0000`: always UTC, so that no date tells where its writer is (RFC 5322 3.3). */
export function writeHeaderDate(milliseconds: number): string {
  return new Date(milliseconds).toUTCString().replace('GMT', '+0000');
}

/** Milliseconds of a Date value between 1970 and 9999, or undefined. A zone that is not known or left out is UTC. */
export function readHeaderDate(value: string): number | undefined {
  const bare = withoutComments(value).replace(IDLE, ' ').trim().split(/\s+/).join(' ');
  const [, day, name, year, hour, minute, second = '0', zone] =
    DATE.exec(bare.replace(/ ?([:,]) ?/g, '$1').replace(',', ', ')) ?? [];
  const month = MONTHS.indexOf(name?.toLowerCase() ?? '');
  if (month < 0 || !isDay(day) || !isTime([hour, minute, second])) return undefined;
  const utc = Date.UTC(fullYear(year), month, Number(day), Number(hour), Number(minute), Number(second));
  return inRange(utc - minutesOf(zone) * MINUTE_MS);
}

const inRange = (time: number): number | undefined => (time >= 0 && time <= END_OF_9999 ? time : undefined);

/** A minute may have a leap second. */
const isTime = ([hour, minute, second]: readonly (string | undefined)[]): boolean =>
  Number(hour) <= 23 && Number(minute) <= 59 && Number(second) <= 60;

const isDay = (day: string | undefined): boolean => Number(day) >= 1 && Number(day) <= 31;

/** Two digits up to 49 are of this century, other two and three digits of the last (RFC 5322 4.3). */
function fullYear(digits = ''): number {
  const year = Number(digits);
  if (digits.length > 3) return year;
  return digits.length === 2 && year < 50 ? year + 2_000 : year + 1_900;
}

function minutesOf(zone: string | undefined): number {
  const [, sign, hours, minutes] = /([+-])(\d{1,2}):?(\d{2})$/.exec(zone ?? '') ?? [];
  if (sign === undefined) return (ZONES.get(zone?.toLowerCase() ?? '') ?? 0) * 60;
  return (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
}
