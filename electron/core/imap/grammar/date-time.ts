import type { ArgumentReader } from './argument-reader';
import { MINUTE_MS } from '../../domain/time';
import { BadCommand } from './bad-command';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const DATE_TIME = /"([ \d]\d)-([a-z]{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"/iy;
const DATE = /("?)(\d{1,2})-([a-z]{3})-(\d{4})\1/iy;

/** Minutes east of UTC that no zone has. */
const DAY_MINUTES = 24 * 60;

/** `"17-Jul-1996 02:44:25 -0700"`: milliseconds since 1970, and the zone as minutes east of UTC. */
export function readDateTime(reader: ArgumentReader): { readonly time: number; readonly zone: number } {
  const found = reader.match(DATE_TIME);
  if (!found) throw new BadCommand('A date and time is missing');
  const [, day, month, year, hour, minute, second, sign, zoneHours, zoneMinutes] = found;
  const zone = (Number(zoneHours) * 60 + Number(zoneMinutes)) * (sign === '-' ? -1 : 1);
  if (Math.abs(zone) >= DAY_MINUTES) throw new BadCommand('There is no such zone');
  const time = (Number(hour) * 3_600 + Number(minute) * 60 + Number(second)) * 1_000;
  return { time: midnight({ day, month, year }) + time - zone * MINUTE_MS, zone };
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

/** `"17-Jul-1996 02:44:25 +0000"`; `zone`: minutes east of UTC. */
export function dateTimeText(time: number, zone = 0): string {
  const date = new Date(time + zone * MINUTE_MS);
  const day = String(date.getUTCDate()).padStart(2, ' ');
  const year = String(Math.min(9_999, Math.max(0, date.getUTCFullYear()))).padStart(4, '0');
  return `"${day}-${MONTHS[date.getUTCMonth()] ?? 'Jan'}-${year} ${date.toISOString().slice(-13, -5)} ${zoneText(zone)}"`;
}

function zoneText(zone: number): string {
  const minutes = Math.abs(zone);
  const digits = (number: number): string => String(number).padStart(2, '0');
  return `${zone < 0 ? '-' : '+'}${digits(Math.floor(minutes / 60))}${digits(minutes % 60)}`;
}
