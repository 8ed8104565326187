import { GUEST_READING_DAYS } from '../client-limits';
import type { SmtpReply } from '../refusals';
import { smtpReplies } from '../smtp-replies';
import { DAY_MS } from '../time';

/** What a host has promised a guest. */
export type GuestAgreement = {
  /** Octets that the guest's mail may have in all, what waits to be sent included. */
  readonly quota: number;
  /** Milliseconds; absent: until one of both ends it. */
  readonly endsAt?: number;
};

/**
 * What a guest still has. `in-force`: everything; `reading`: nothing comes and nothing leaves any more, and what is
 * here can be fetched; `over`: it may be deleted.
 */
export type GuestPhase = 'in-force' | 'reading' | 'over';

/** Where an agreement stands at `now`, milliseconds. */
export function guestPhase({ endsAt }: GuestAgreement, now: number): GuestPhase {
  if (endsAt === undefined || now < endsAt) return 'in-force';
  return now < endsAt + GUEST_READING_DAYS * DAY_MS ? 'reading' : 'over';
}

/**
 * Why mail of `size` octets is not taken for a guest who has `used`; undefined: it is. A full mailbox is no reason to
 * give up: the guest may make room, and the sender tries for days. One that has ended is no mailbox any more.
 */
export function refuseForGuest(
  agreement: GuestAgreement,
  o: { readonly now: number; readonly used: number; readonly size: number },
): SmtpReply | undefined {
  if (guestPhase(agreement, o.now) !== 'in-force') return smtpReplies.noSuchMailbox;
  if (o.size > agreement.quota) return smtpReplies.tooLarge;
  return o.used + o.size > agreement.quota ? smtpReplies.fullForNow : undefined;
}
