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

/** Splits a string into groups of `size` so that people can compare it by eye: `ABCD EFGH …`. */
export const inGroups = (text: string, size: number): readonly string[] => {
  const groups: string[] = [];
  for (let start = 0; start < text.length; start += size) groups.push(text.slice(start, start + size));
  return groups;
};
