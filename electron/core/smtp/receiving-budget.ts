import { MAX_RECEIVING_BYTES } from '../domain/limits';

/** Memory for messages that are on their way in. */
export type OctetBudget = {
  /** False when fewer octets are free now; then none is taken. */
  take(octets: number): boolean;
  give(octets: number): void;
  has(octets: number): boolean;
};

/** Shared by every listener of a core. `strangers` is a part of the whole, so that they can never take all of it. */
export type ReceivingBudget = OctetBudget & { readonly strangers: OctetBudget };

/** A budget of so many octets, half of it open to strangers. */
export function createReceivingBudget(limit = MAX_RECEIVING_BYTES): ReceivingBudget {
  const whole = budgetOf(limit);
  const half = budgetOf(limit / 2);
  const strangers: OctetBudget = {
    has: (octets) => half.has(octets) && whole.has(octets),
    take: (octets) => strangers.has(octets) && half.take(octets) && whole.take(octets),
    give: (octets) => {
      half.give(octets);
      whole.give(octets);
    },
  };
  return { ...whole, strangers };
}

function budgetOf(limit: number): OctetBudget {
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
