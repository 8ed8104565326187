import type { ImapMailbox } from '../../ports/imap';

type Box = { readonly mailbox: ImapMailbox; readonly uidValidity: number };

/**
 * Which messages no session has been told of yet (`\Recent`, RFC 3501 2.3.2), by mailbox. It lasts as long as the
 * server: what was there before counts as told, or each start would look like new mail.
 */
export class RecentClaims {
  readonly #next = new Map<string, number>();

  /** `since`: when the server started, milliseconds since 1970. */
  constructor(private readonly since: number) {}

  /** The first UID that nobody was told of. */
  next(box: Box, uidNext: number): number {
    const known = this.#next.get(keyOf(box));
    if (known !== undefined) return known;
    // UIDVALIDITY is the second in which a mailbox was made: of one that was made meanwhile, nothing is known yet.
    const first = box.uidValidity >= Math.floor(this.since / 1_000) ? 1 : uidNext;
    this.#next.set(keyOf(box), first);
    return first;
  }

  /** Takes all below `uidNext` for a session; answers the first that it is told of before all others. */
  claim(box: Box, uidNext: number): number {
    const first = this.next(box, uidNext);
    this.#next.set(keyOf(box), Math.max(first, uidNext));
    return first;
  }
}

function keyOf({ mailbox, uidValidity }: Box): string {
  return `${mailbox.path.join('/')}\0${mailbox.id}\0${String(uidValidity)}`;
}
