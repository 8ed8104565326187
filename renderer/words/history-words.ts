import type { HistoryEntry } from '../../shared/custody';
import { DeliveryReason } from '../../shared/message';
import { shortDay } from './date-text';
import { deliveryReasonWords } from './delivery-words';

/** How to call the holder that an entry of a history names. */
export type HolderName = (entry: Pick<HistoryEntry, 'holder' | 'holderContactId'>) => string;

type Entry = Omit<HistoryEntry, 'at' | 'deliveryId' | 'recipient'>;

export type HistoryWords = { readonly now: number; readonly holderName: HolderName };

type Say = (entry: Entry, words: HistoryWords) => string;

/** Why, as a clause; empty where nothing is known. */
const reasonOf = ({ reason }: Entry): string => {
  const known = DeliveryReason.safeParse(reason);
  if (!known.success) return '';
  return known.data === 'offline' ? 'they were offline' : deliveryReasonWords[known.data];
};

const withReason = (title: string, entry: Entry): string => {
  const reason = reasonOf(entry);
  return reason === '' ? `${title}.` : `${title}: ${reason}.`;
};

const tried: Say = (entry) =>
  withReason(entry.times === undefined || entry.times === 1 ? 'Tried' : `Tried ${String(entry.times)} times`, entry);

const held: Say = (entry, { now, holderName }) =>
  `Left with ${holderName(entry)}, who keeps it until ${entry.until === undefined ? 'they are online' : shortDay(entry.until, now)}.`;

const sayings: Readonly<Record<HistoryEntry['kind'], Say>> = {
  queued: () => 'Sent to the Outbox.',
  tried,
  held,
  'holder-refused': (entry, { holderName }) => `${upperFirst(holderName(entry))} could not keep it.`,
  accepted: () => 'Their computer took it.',
  delivered: () => 'They confirmed that they have it.',
  missing: (entry, { holderName }) =>
    `They say that ${holderName(entry)} did not hand it over; it is being sent again.`,
  failed: (entry) => withReason(entry.reason === 'unconfirmed' ? 'Not confirmed' : 'Not delivered', entry),
  cancelled: () => 'You stopped it.',
  read: () => 'They have read it.',
};

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** One line of a message's history as a sentence. */
export const historySentence = (entry: Entry, words: HistoryWords): string => sayings[entry.kind](entry, words);

/**
 * Those who keep a message now, oldest first: who signed for it, without whom its recipient says that they did not hand
 * it over.
 */
export const keepersIn = (history: readonly HistoryEntry[]): readonly HistoryEntry[] => {
  const keepers = new Map<string, HistoryEntry>();
  for (const entry of history) {
    if (entry.holder === undefined) continue;
    if (entry.kind === 'held') keepers.set(entry.holder, entry);
    if (entry.kind === 'missing') keepers.delete(entry.holder);
  }
  return [...keepers.values()];
};
