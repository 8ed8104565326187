import type { Keyword, MailboxId, MessageId } from '../../../../shared/ids';
import type { MailboxSummary, MailboxRef } from '../../../../shared/mailbox';

/** The mailboxes of one identity. Rules of places and names are the use cases'; a name is taken once in each place. */
export type Mailboxes = {
  /** Each behind the one it lies in, the seven first. */
  all(): MailboxSummary[];
  /** Throws `mailbox-unknown`. */
  get(mailbox: MailboxRef): MailboxSummary;
  /** Throws `mailbox-exists` when there is one of this name, in whatever case. */
  make(o: { readonly id: MailboxId; readonly name: string; readonly parentId?: MailboxId }): MailboxSummary;
  /** Another name and place; without `parentId` it lies at the top. UIDs stay. Throws as `make`. */
  place(o: { readonly id: MailboxId; readonly name: string; readonly parentId?: MailboxId }): MailboxSummary;
  /** Only what is empty and holds no other: else it throws `mailbox-refused`. */
  remove(id: MailboxId): void;
  /** What IMAP's SELECT and STATUS tell (RFC 9051, 7162). */
  state(mailbox: MailboxRef): MailboxState;
  /**
   * Messages by UID above `afterUid`, at most `limit`; `changedSince`: only what has a higher MODSEQ than this; `uids`:
   * only these.
   */
  entries(o: {
    readonly mailbox: MailboxRef;
    readonly afterUid?: number;
    readonly changedSince?: number;
    readonly uids?: readonly number[];
    readonly limit: number;
  }): MailboxEntry[];
  /** UIDs above `afterUid`, ascending, at most `limit`, and the first of them that is not seen: no row is built. */
  uids(o: { readonly mailbox: MailboxRef; readonly afterUid: number; readonly limit: number }): MailboxUids;
  /** Keywords that messages of this identity have, at most `limit`. */
  keywordsInUse(limit: number): Keyword[];
  /**
   * UIDs that went since this MODSEQ, ascending; undefined when that is so long ago that some are forgotten: then the
   * mailbox must be read anew.
   */
  expungedSince(o: { readonly mailbox: MailboxRef; readonly modseq: number }): number[] | undefined;
};

export type MailboxUids = { readonly uids: readonly number[]; readonly firstUnseen?: number };

export type MailboxState = {
  /** Never the same for two mailboxes that had one name. */
  readonly uidValidity: number;
  readonly uidNext: number;
  readonly highestModseq: number;
  readonly messages: number;
  readonly unseen: number;
  /** Marked by another program to be deleted. */
  readonly deleted: number;
  /** Of all its messages. */
  readonly octets: number;
};

/** A message as it lies in a mailbox. The UID is its own there for ever: what goes and comes back has another. */
export type MailboxEntry = {
  readonly uid: number;
  readonly modseq: number;
  readonly messageId: MessageId;
  readonly seen: boolean;
  readonly flagged: boolean;
  readonly answered: boolean;
  /** Marked by another program to be deleted. */
  readonly deleted: boolean;
  /** Lies in Drafts, or was marked as a draft by another program. */
  readonly draft: boolean;
  readonly keywords: readonly Keyword[];
  /** When it came into this mailbox (RFC 8514). */
  readonly savedAt: number;
  readonly size: number;
};
