import type { KeyRefusal, SignatureRefusal, SmtpReply } from './refusals';
import { OF_TIME, replyToKeyRefusal, smtpReplies } from './smtp-replies';
import { refusalRank } from './refusal-order';

/** What was found about a mail that no key of its sender's is known to have signed. */
export type UnprovenSigner = {
  /** Why keys that came with the mail are not believed, in their order: the sender's own stands first. */
  readonly refusals: readonly KeyRefusal[];
  /** Why none of the keys that are believed has signed it. */
  readonly signatures: readonly SignatureRefusal[];
  /** The key that is held for the sender is revoked. */
  readonly isHeldRevoked: boolean;
};

/**
 * Whether the onion of the sender may know more: no key came that it certifies, and of none that did is anything wrong
 * but that.
 */
export function lacksKey({ refusals, signatures, isHeldRevoked }: UnprovenSigner): boolean {
  return !isHeldRevoked && signatures.length === 0 && refusals.every((reason) => reason === 'not-certified');
}

const SIGNED_LATE: ReadonlySet<SignatureRefusal> = new Set<SignatureRefusal>(['expired', 'key-expired']);

/**
 * The reply to such a mail. What time alone mends comes before everything else, because the sender of a 5xx gives up;
 * then what its sender can do most about.
 */
export function replyToUnproven(o: UnprovenSigner, clock: { readonly isClockDoubtful: boolean }): SmtpReply {
  if (o.refusals.includes('certification-future') || o.signatures.includes('future')) return smtpReplies.tooEarly;
  const isLate =
    o.refusals.some((reason) => OF_TIME.has(reason)) || o.signatures.some((reason) => SIGNED_LATE.has(reason));
  if (clock.isClockDoubtful && isLate) return smtpReplies.outOfDate;
  if (o.isHeldRevoked) return replyToKeyRefusal('key-revoked', clock);
  if (o.signatures.length > 0) return smtpReplies.signatureInvalid;
  return replyToKeyRefusal(mostTelling(o.refusals), clock);
}

function mostTelling(refusals: readonly KeyRefusal[]): KeyRefusal | undefined {
  return [...refusals].sort((a, b) => refusalRank(a) - refusalRank(b))[0];
}
