import { MAX_OUTSIDE_RECIPIENTS } from './gateway-limits';
import type { OutsideAddress } from '../../../../shared/gateway/outside-address';

/** What a participant may do, until when. */
export type RelayTerms = {
  /** Milliseconds since 1970, the first in which nothing is relayed any more. */
  readonly until: number;
  readonly lettersADay: number;
  /** Only to who has written to this participant before. */
  readonly repliesOnly: boolean;
};

export type RelayRefusal =
  | 'agreement-over'
  | 'not-proved'
  | 'too-many-recipients'
  | 'bad-recipient'
  | 'not-written-first'
  | 'too-many-letters'
  | 'names-onion'
  | 'alias-ended';

/** A letter that somebody asks to have relayed. */
export type AskedRelay = {
  readonly terms: RelayTerms & { readonly isEnded: boolean };
  /** The sealed letter was signed by its sender, and written to this gateway. */
  readonly isProved: boolean;
  readonly recipients: readonly OutsideAddress[];
  readonly hasUnreadable: boolean;
  readonly hasWritten: (address: OutsideAddress) => boolean;
  readonly lettersToday: number;
  readonly now: number;
};

/**
 * Why a letter is not relayed; undefined: it is. Never an open relay: only for who has an agreement in force, only what
 * they signed and addressed to this gateway, and only within its terms.
 */
export function judgeRelay(asked: AskedRelay): RelayRefusal | undefined {
  const { terms, recipients, now } = asked;
  if (terms.isEnded || now >= terms.until) return 'agreement-over';
  if (!asked.isProved) return 'not-proved';
  if (asked.hasUnreadable || recipients.length === 0) return 'bad-recipient';
  if (recipients.length > MAX_OUTSIDE_RECIPIENTS) return 'too-many-recipients';
  if (terms.repliesOnly && !recipients.every(asked.hasWritten)) return 'not-written-first';
  return asked.lettersToday >= terms.lettersADay ? 'too-many-letters' : undefined;
}
