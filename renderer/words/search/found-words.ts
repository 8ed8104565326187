import type { SearchCount } from '../../../shared/search/saved-search';

/** `12 messages`, or that there are more than anybody counts. */
export const foundWords = ({ count, isMore }: SearchCount): string => {
  const number = new Intl.NumberFormat('en').format(count);
  if (isMore) return `More than ${number} messages`;
  return count === 1 ? '1 message' : `${number} messages`;
};
