import type { FetchItem, SectionItem } from '../grammar/fetch-items';
import { needsMessage } from './simple-item';

/** Items of RFC 3501 that are others by an old name. The answer has the old name. */
export type OctetItem = SectionItem & { readonly oldName?: string };
export type PlannedItem = Exclude<FetchItem, SectionItem> | OctetItem;

export type FetchPlan = {
  readonly items: readonly PlannedItem[];
  /** The rows of the messages are needed, not only their entries. */
  readonly needsMessages: boolean;
  /** Messages are marked as seen. */
  readonly marksSeen: boolean;
};

/** What is told of each message: what was asked for, each once, and what must come along. */
export function fetchPlan(
  asked: readonly FetchItem[],
  { isUid, isModseqTold }: { readonly isUid: boolean; readonly isModseqTold: boolean },
): FetchPlan {
  const wanted: FetchItem[] = [
    ...(isUid ? [{ name: 'UID' } as const] : []),
    ...asked,
    ...(isModseqTold ? [{ name: 'MODSEQ' } as const] : []),
  ];
  const items = [...new Map(wanted.map((item) => [JSON.stringify(item), planned(item)])).values()];
  return {
    items,
    needsMessages: items.some(needsMessage),
    marksSeen: items.some((item) => 'isPeek' in item && !item.isPeek),
  };
}

function planned(item: FetchItem): PlannedItem {
  const common = { name: 'BODY[]', oldName: item.name } as const;
  switch (item.name) {
    case 'RFC822':
      return { ...common, section: { part: [] }, isPeek: false };
    case 'RFC822.HEADER':
      return { ...common, section: { part: [], what: 'HEADER' }, isPeek: true };
    case 'RFC822.TEXT':
      return { ...common, section: { part: [], what: 'TEXT' }, isPeek: false };
    default:
      return item;
  }
}
