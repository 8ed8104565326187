const DATE =
  /^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),\s{0,3})?(\d{1,2}\s{1,3}[A-Z][a-z]{2}\s{1,3}\d{4}\s{1,3}\d{2}:\d{2}(?::\d{2})?)\s{1,3}([+-]\d{4}|GMT|UT|UTC)(?:\s{0,3}\([^()]{0,40}\))?$/;
const END_OF_9999 = 253_402_300_799_999;

/** `Thu, 01 Jan 2026 00:00:00 +0000`: always UTC, so that no date tells where its writer is (RFC 5322 3.3). */
export function writeHeaderDate(milliseconds: number): string {
  return new Date(milliseconds).toUTCString().replace('GMT', '+0000');
}

/** Milliseconds of a Date value between 1970 and 9999, or undefined. */
export function readHeaderDate(value: string): number | undefined {
  const match = DATE.exec(value);
  if (!match) return undefined;
  const zone = /^[A-Z]/.test(match[2] ?? '') ? '+0000' : (match[2] ?? '');
  const time = Date.parse(`${match[1] ?? ''} ${zone}`);
  return time >= 0 && time <= END_OF_9999 ? time : undefined;
}
