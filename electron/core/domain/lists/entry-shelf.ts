import type { EntryId } from '../../../../shared/mailing-lists/mailing-list';
import type { Entry, LogKey } from './entry';

/** How far a log is known, and what its author used of their quota on the day of the last entry. */
export type LogHead = LogKey & {
  readonly next: number;
  readonly head: EntryId;
  readonly lastAt: number;
  /** Days since the epoch, of `lastAt`. */
  readonly day: number;
  readonly posts: number;
  readonly octets: number;
  /** The lowest number for which two entries are known. */
  readonly forkedAt?: number;
};

/** The entries of one list that are kept. All of it is done at once; a store makes it one commit. */
export type EntryShelf = {
  logs(): readonly LogHead[];
  log(key: LogKey): LogHead | undefined;
  /** From number `from` on up to `limit` of them, ascending; of a forked log all branches. */
  entries(o: LogKey & { readonly from: number; readonly limit?: number }): readonly Entry[];
  at(o: LogKey & { readonly number: number }): readonly Entry[];
  has(id: EntryId): boolean;
  /** `isBranch`: it is there beside another of its number, as evidence or for its votes, and is never shown. */
  put(o: { readonly entry: Entry; readonly head: LogHead; readonly isBranch: boolean }): void;
};
