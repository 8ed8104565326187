import { MAX_RECENT_CLAIMS } from '../../domain/client-limits';
import type { ImapMailbox } from '../../ports/imap';

type Box = { readonly mailbox: ImapMailbox; readonly uidValidity: number };

/**
 * Which messages no session has been told of yet (`\Recent`, RFC 3501 2.3.2), by mailbox. It lasts as long as the
 * server: what was there before counts as told, or each start would look like new mail.
 */
export class RecentClaims {
  /** The one that was asked for last is the last. */
  readonly #next = new Map<string, { readonly first: number; readonly uidValidity: number }>();
  #since: number;

  /** `since`: when the server started, milliseconds since 1970. */
  constructor(since: number) {
    this.#since = Math.floor(since / 1_000);
  }

  /** The first UID that nobody was told of. */
  next(box: Box, uidNext: number): number {
    const known = this.#next.get(keyOf(box))?.first;
    // UIDVALIDITY is the second in which a mailbox was made: of one that was made meanwhile, nothing is known yet.
    const first = known ?? (box.uidValidity >= this.#since ? 1 : uidNext);
    this.#note(box, first);
    return first;
  }

  /** Takes all below `uidNext` for a session; answers the first that it is told of before all others. */
  claim(box: Box, uidNext: number): number {
    const first = this.next(box, uidNext);
    this.#note(box, Math.max(first, uidNext));
    return first;
  }

  /** One that is forgotten counts as told, and so does what is as old. */
  #note(box: Box, first: number): void {
    const key = keyOf(box);
    this.#next.delete(key);
    this.#next.set(key, { first, uidValidity: box.uidValidity });
    if (this.#next.size <= MAX_RECENT_CLAIMS) return;
    const [oldest] = this.#next;
    if (!oldest) return;
    this.#next.delete(oldest[0]);
    this.#since = Math.max(this.#since, oldest[1].uidValidity + 1);
  }
}

function keyOf({ mailbox, uidValidity }: Box): string {
  return `${mailbox.path.join('/')}\0${mailbox.id}\0${String(uidValidity)}`;
}
