import { EntryId, type InstallId, type Lane, type MailingListId } from '../../../../shared/mailing-lists/mailing-list';
import type { MailAddress } from '../../../../shared/ids';
import { entryStatement, NO_ENTRY, type Entry, type EntryKind, type ListCrypto } from './entry';
import type { EntryShelf, LogHead } from './entry-shelf';
import { headAfter } from './place-entry';

type NewEntry = {
  readonly list: MailingListId;
  readonly author: MailAddress;
  readonly install: InstallId;
  readonly kind: EntryKind;
  readonly body: Uint8Array;
  readonly now: number;
  /** Since when the author is a member, in milliseconds: what is dated before it is refused. */
  readonly since?: number;
};

/**
 * The next entry of one's own log, and its head with it. Keep both before anything is sent: the log is what says what
 * was said already.
 */
export function writeEntry(
  o: {
    readonly crypto: Pick<ListCrypto, 'sha256'>;
    readonly shelf: Pick<EntryShelf, 'log'>;
    readonly sign: (text: string) => string;
  },
  { list, author, install, kind, body, now, since = 0 }: NewEntry,
): { readonly entry: Entry; readonly head: LogHead } {
  const lane: Lane = kind === 'post' ? 'posts' : 'ledger';
  const key = { author, install, lane };
  const before = o.shelf.log(key) ?? { ...key, ...EMPTY };
  const facts = {
    ...key,
    list,
    number: before.next,
    previous: before.head,
    // Dates never go back within a log, also when the clock does.
    at: Math.max(now, before.lastAt, since),
    kind,
    length: body.length,
    sha256: EntryId.parse(o.crypto.sha256(body)),
  };
  const statement = entryStatement(facts);
  const id = EntryId.parse(o.crypto.sha256(statement));
  const entry = { ...facts, statement, signature: o.sign(statement), body, id };
  return { entry, head: headAfter(before, entry) };
}

const EMPTY = { next: 0, head: NO_ENTRY, lastAt: 0, day: 0, posts: 0, octets: 0 };
