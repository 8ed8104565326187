import { FIRST_HOLDER_REST_MS, HOLDER_REST_MS } from '../custody-limits';

/**
 * Milliseconds until a holder is asked again that has refused a message so many times before. The list of tokens may be
 * on its way to it; the dates of lists do not tell, since they tell the day at most.
 */
export function holderRest(refusals: number): number {
  return Math.min(HOLDER_REST_MS, FIRST_HOLDER_REST_MS * 2 ** refusals);
}
