import type { Delivery } from '../../shared/message';
import { shortDay } from './date-text';

/** People as words of a sentence: `Dave`, `Dave and Erin`, `Dave, Erin and Finn`. */
export const listed = (names: readonly string[]): string => {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
};

/** `1 person`, `2 people`. */
export const peopleCount = (count: number): string => (count === 1 ? '1 person' : `${String(count)} people`);

const friends = (count: number): string => (count === 1 ? 'a friend of theirs' : `${String(count)} friends of theirs`);

/**
 * Who keeps a message and until when, without saying that it arrived. `keepers` are the names of all who signed for it,
 * when every one is known; without them only their number is told.
 */
export const keptSentence = (delivery: Delivery, now: number, keepers: readonly string[] = []): string => {
  const { heldBy = 1, heldUntil } = delivery;
  if (keepers.length > 0 && keepers.length === heldBy) {
    const atMost = heldUntil === undefined ? '' : `, at most until ${shortDay(heldUntil, now)}`;
    return `Kept by ${listed(keepers)} until they are online${atMost}`;
  }
  return `Kept by ${friends(heldBy)} until ${heldUntil === undefined ? 'they are online' : shortDay(heldUntil, now)}`;
};

/** Whether nothing more is known of a recipient than that they cannot be reached. */
export const isSimplyAway = ({ state, reason }: Delivery): boolean =>
  state === 'recipient-offline' && (reason === 'none' || reason === 'offline' || reason === 'timed-out');

/** What a message waits for whose recipient is away. `holders` is how many people it may be left with. */
export const awayTitle = (holders: number): string =>
  holders === 0 ? 'Waiting until you are both online' : `Recipient offline; can be left with ${peopleCount(holders)}`;
