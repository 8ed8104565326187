const UNITS = ['bytes', 'KB', 'MB', 'GB'] as const;

/** A number of bytes for people, in powers of 1,024: `3.4 MB`. */
export const sizeText = (bytes: number): string => {
  const step = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1_024 ** step;
  const digits = step > 0 && value < 10 ? 1 : 0;
  return `${value.toFixed(digits)} ${bytes === 1 ? 'byte' : UNITS[step]}`;
};
