/** Where the keyboard is in a list: `from` -1 is nowhere yet; `page` is how many rows a page key jumps over. */
export type ListPlace = { readonly from: number; readonly count: number; readonly page: number };

/** What a key does in the list of people: the row that it leads to, «open» the chosen one, «leave» it. */
export type KeyVerb = number | 'open' | 'leave';

/** The verb of a key at a place; undefined for keys that mean nothing there. */
export const keyVerb = (key: string, place: ListPlace): KeyVerb | undefined => {
  const index = indexAfter(key, place);
  if (index !== undefined) return index;
  if (place.from < 0) return undefined;
  if (key === 'Enter') return 'open';
  return key === 'Escape' ? 'leave' : undefined;
};

const indexAfter = (key: string, { from, count, page }: ListPlace): number | undefined => {
  const targets: Readonly<Partial<Record<string, number>>> = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + page,
    PageUp: from - page,
    Home: 0,
    End: count - 1,
  };
  const target = targets[key];
  return target === undefined || count === 0 ? undefined : Math.min(count - 1, Math.max(0, target));
};
