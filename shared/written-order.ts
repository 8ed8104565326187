import type { ListPlace } from './message';

/** Where a message stands, to read on from there. */
export function placeInList({ orderedAt, sequence }: ListPlace): ListPlace {
  return { orderedAt, sequence };
}

/** Oldest first, by the time of writing; what has the same time stands in the order of arrival. For `sort`. */
export function byWriting(one: ListPlace, other: ListPlace): number {
  return one.orderedAt - other.orderedAt || one.sequence - other.sequence;
}
