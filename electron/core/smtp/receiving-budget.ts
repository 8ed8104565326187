import { MAX_RECEIVING_BYTES } from '../domain/limits';

/** Memory for messages that are on their way in, shared by every listener of a core. */
export type ReceivingBudget = {
  /** False when so many octets are not to be had now; then nothing is taken. */
  take(octets: number): boolean;
  give(octets: number): void;
  has(octets: number): boolean;
};

/** A budget of so many octets. */
export function createReceivingBudget(limit = MAX_RECEIVING_BYTES): ReceivingBudget {
  let taken = 0;
  const has = (octets: number): boolean => taken + octets <= limit;
  return {
    has,
    take: (octets) => {
      if (!has(octets)) return false;
      taken += octets;
      return true;
    },
    give: (octets) => void (taken -= octets),
  };
}
