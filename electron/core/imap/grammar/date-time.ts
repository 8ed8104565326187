import type { ArgumentReader } from './argument-reader';
import { BadCommand } from './bad-command';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const DATE_TIME = /"([ \d]\d)-([a-z]{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"/iy;
const DATE = /("?)(\d{1,2})-([a-z]{3})-(\d{4})\1/iy;

/** `"17-Jul-1996 02:44:25 -0700"` as milliseconds since 1970. */
export function readDateTime(reader: ArgumentReader): number {
  const found = reader.match(DATE_TIME);
  if (!found) throw new BadCommand('A date and time is missing');
  const [, day, month, year, hour, minute, second, sign, zoneHours, zoneMinutes] = found;
  const zone = (Number(zoneHours) * 60 + Number(zoneMinutes)) * 60_000 * (sign === '-' ? -1 : 1);
  const time = (Number(hour) * 3_600 + Number(minute) * 60 + Number(second)) * 1_000;
  return midnight({ day, month, year }) + time - zone;
}

/** `1-Feb-1994`, quoted or not, as the milliseconds of its midnight in UTC. */
export function readDate(reader: ArgumentReader): number {
  const found = reader.match(DATE);
  if (!found) throw new BadCommand('A date is missing');
  return midnight({ day: found[2], month: found[3], year: found[4] });
}

function midnight({ day, month, year }: Record<'day' | 'month' | 'year', string | undefined>): number {
  const index = MONTHS.findIndex((name) => name.toUpperCase() === month?.toUpperCase());
  const date = new Date(0);
  date.setUTCFullYear(Number(year), index, Number(day));
  if (index < 0 || date.getUTCMonth() !== index) throw new BadCommand('There is no such date');
  return date.getTime();
}

/** `"17-Jul-1996 02:44:25 +0000"`: always in UTC, since a zone would tell where one is. */
export function dateTimeText(time: number): string {
  const date = new Date(time);
  const day = String(date.getUTCDate()).padStart(2, ' ');
  const year = String(Math.min(9_999, Math.max(0, date.getUTCFullYear()))).padStart(4, '0');
  return `"${day}-${MONTHS[date.getUTCMonth()] ?? 'Jan'}-${year} ${date.toISOString().slice(-13, -5)} +0000"`;
}
