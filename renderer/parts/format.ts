const KILO = 1_024;

/** `1.4 MB` for a number of octets. A kilobyte counts 1,024, so that the 25 MB limit means what the mail parts mean by it. */
export const formatSize = (octets: number): string => {
  if (octets < KILO) return `${octets} B`;
  if (octets < KILO * KILO) return `${Math.max(1, Math.round(octets / KILO))} kB`;
  return `${(octets / KILO / KILO).toFixed(1).replace(/\.0$/, '')} MB`;
};

/** `4 min` for a span in milliseconds, rounded up so that a countdown never claims to be over too early. */
export const formatSpan = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${Math.round(hours / 24)} days`;
};

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const dayAndClock = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

/** `14:05` for today, `3 Nov, 14:05` for any other day; `at` and `now` in milliseconds since 1970. */
export const formatMoment = (at: number, now: number): string =>
  (new Date(at).toDateString() === new Date(now).toDateString() ? clock : dayAndClock).format(at);

/** Splits a string into groups of `size` so that people can compare it by eye: `ABCD EFGH …`. */
export const inGroups = (text: string, size: number): readonly string[] => {
  const groups: string[] = [];
  for (let start = 0; start < text.length; start += size) groups.push(text.slice(start, start + size));
  return groups;
};

/** `alice@abcd…wxyz.onion`: short enough for a row, with both ends of the onion name for comparing. */
export const shortAddress = (address: string): string => {
  const [local = '', host = ''] = address.split('@');
  return host.length <= 20 ? address : `${local}@${host.slice(0, 6)}…${host.slice(-12)}`;
};
