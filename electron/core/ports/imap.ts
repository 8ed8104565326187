import type { Unsubscribe } from './runtime';
import type { FlagChange } from '../domain/clients/message-flags';
import type { ServedMessage } from '../domain/served/served-message';

/** A mailbox as IMAP names it. `path`: its name and those it lies in, outermost first; the inbox is `['INBOX']`. */
export type ImapMailbox = {
  readonly id: string;
  readonly path: readonly string[];
  /** Holds others and no mail (`\\Noselect`): the top of an identity when one password is for several. */
  readonly isNoselect?: true;
  /** Whoever reads it changes nothing there, flags included: the outbox, which is Posthorn's own. */
  readonly isReadOnly?: true;
  /** An attribute of RFC 6154, such as `\Sent`. */
  readonly specialUse?: string;
  readonly isSubscribed: boolean;
  readonly hasChildren: boolean;
  /** It is a name alone that programs subscribe to (`\\NonExistent`): such a mailbox was deleted. */
  readonly isNonexistent?: true;
};

/** What SELECT and STATUS tell (RFC 9051, 7162). */
export type ImapMailboxState = {
  readonly uidValidity: number;
  readonly uidNext: number;
  readonly highestModseq: number;
  readonly messages: number;
  readonly unseen: number;
  readonly deleted: number;
  readonly octets: number;
};

export type ImapEntry = {
  readonly uid: number;
  readonly modseq: number;
  /** System flags as RFC 9051 spells them, and keywords. */
  readonly flags: readonly string[];
};

/** A message as other programs see it. */
export type ImapMessage = ImapEntry & ServedMessage;

/** What sorts messages (RFC 5256 3): subjects without `Re:`, names of first addresses, folded. */
export type ImapSortRow = {
  readonly uid: number;
  readonly arrival: number;
  /** Of the arrival, minutes east of UTC; absent: UTC. */
  readonly zone?: number;
  readonly date: number;
  readonly size: number;
  readonly subject: string;
  readonly from: string;
  readonly to: string;
  readonly cc: string;
};

/** A message of a conversation (RFC 5256, REFERENCES). */
export type ImapThreadRow = {
  readonly uid: number;
  readonly threadId: string;
  readonly date: number;
  /** Its Message-ID; absent: only its conversation is known. */
  readonly messageId?: string;
  /** Message-IDs of References, or of In-Reply-To where there are none; the nearest is the last. */
  readonly references?: readonly string[];
  /** Without `Re:`, folded as in `ImapSortRow`. */
  readonly subject?: string;
  /** The subject began with `Re:`, `Fwd:` or their like. */
  readonly isReply?: boolean;
};

/** Why the mailbox was left as it is; the response codes of RFC 9051 7.1. */
export type ImapRefusal =
  | 'ALREADYEXISTS'
  | 'CANNOT'
  | 'HASCHILDREN'
  | 'LIMIT'
  | 'NONEXISTENT'
  | 'NOPERM'
  | 'OVERQUOTA'
  | 'TRYCREATE'
  | 'USEATTR';
export type ImapOutcome<T = object> =
  | ({ readonly isDone: true } & T)
  | { readonly isDone: false; readonly code: ImapRefusal; readonly text: string };

/** A message that a program brings. */
export type ImapLetter = {
  readonly octets: Uint8Array;
  readonly flags: readonly string[];
  readonly internalDate?: number;
  /** In which it was written: minutes east of UTC. */
  readonly zone?: number;
};

/** Where copies came to lie: the UIDs in pairs (RFC 4315). */
export type CopyOutcome = ImapOutcome<{
  readonly uidValidity: number;
  readonly from: readonly number[];
  readonly to: readonly number[];
}>;

/** Words to look for; `octets` are UTF-8. */
export type ImapText = {
  readonly where: 'bcc' | 'body' | 'cc' | 'from' | 'subject' | 'text' | 'to';
  readonly text: string;
};

/** The mail of one identity, for one app password. Every change is seen by the window and by other programs. */
export type ImapAccount = {
  mailboxes(): readonly ImapMailbox[];
  state(mailbox: string): ImapMailboxState | undefined;
  /** Ascending by UID. `afterUid`: only larger ones. `changedSince`: only with a larger MODSEQ. `uids`: only these. */
  entries(o: {
    readonly mailbox: string;
    readonly afterUid?: number;
    readonly changedSince?: number;
    readonly uids?: readonly number[];
    readonly limit: number;
  }): readonly ImapEntry[];
  /** UIDs above `afterUid`, ascending, and the first of them without `\\Seen`; some 10,000 in one turn. */
  uids(o: { readonly mailbox: string; readonly afterUid: number; readonly limit: number }): {
    readonly uids: readonly number[];
    readonly firstUnseen?: number;
  };
  /** Keywords that any message has, at most `limit`. */
  keywords(limit: number): readonly string[];
  /** UIDs that went since; undefined when some of that time are forgotten. */
  expungedSince(o: { readonly mailbox: string; readonly modseq: number }): readonly number[] | undefined;
  /** Of these UIDs what is there, ascending. Ask for some hundred at a time: all of it is in memory. */
  messages(o: { readonly mailbox: string; readonly uids: readonly number[] }): readonly ImapMessage[];
  /** Octets of a message as it is served, the same for ever. */
  octets(o: { readonly mailbox: string; readonly uid: number; readonly from: number; readonly to: number }): Uint8Array;
  /** Some hundred messages in each commit, so that everything else goes on between them. */
  setFlags(o: FlagChange & { readonly mailbox: string; readonly uids: readonly number[] }): Promise<
    ImapOutcome<{
      /** What had changed since, and was left (`MODIFIED`). */
      readonly modified: readonly number[];
    }>
  >;
  /** Deletes what is marked as deleted, of these UIDs when they are given. Answers what went. */
  expunge(o: { readonly mailbox: string; readonly uids?: readonly number[] }): Promise<readonly number[]>;
  /** All of them or, when it cannot be done, none (RFC 9051 6.4.7). */
  copy(o: { readonly mailbox: string; readonly uids: readonly number[]; readonly to: string }): Promise<CopyOutcome>;
  move(o: { readonly mailbox: string; readonly uids: readonly number[]; readonly to: string }): Promise<CopyOutcome>;
  /**
   * All messages or none (RFC 3502). `uids`, in their order, are absent when submission has queued one of them already:
   * it comes into Sent when it is delivered (no APPENDUID then).
   */
  append(o: {
    readonly mailbox: string;
    readonly messages: readonly ImapLetter[];
  }): Promise<ImapOutcome<{ readonly uidValidity: number; readonly uids?: readonly number[] }>>;
  /** Names that are subscribed to although their mailboxes are gone (RFC 9051 6.3.7). */
  lostSubscriptions(): readonly ImapMailbox[];
  /** Also makes those that it lies in. `use`: an attribute of RFC 6154 that such a mailbox can have (`USEATTR`). */
  create(path: readonly string[], use?: string): ImapOutcome<{ readonly id: string }>;
  /** The inbox stays, and only its mail goes to a new mailbox (RFC 9051 6.3.6). */
  rename(o: { readonly id: string; readonly path: readonly string[] }): Promise<ImapOutcome>;
  /** Its mail goes to the trash, as in the window. */
  remove(id: string): Promise<ImapOutcome>;
  subscribe(o: { readonly id: string; readonly isSubscribed: boolean }): void;
  /** Forgets such a name. */
  unsubscribeLost(path: readonly string[]): void;
  /** UIDs of the messages that have the text, ascending; upper and lower case and accents are the same. */
  withText(o: ImapText & { readonly mailbox: string }): Promise<readonly number[]>;
  /** The same for a header field; an empty text is in every message that has the field. */
  withHeader(o: {
    readonly mailbox: string;
    readonly field: string;
    readonly text: string;
  }): Promise<readonly number[]>;
  sortRows(o: { readonly mailbox: string; readonly uids: readonly number[] }): readonly ImapSortRow[];
  threadRows(o: { readonly mailbox: string; readonly uids: readonly number[] }): readonly ImapThreadRow[];
  /** Kibibytes. */
  quota(): { readonly used: number; readonly limit: number };
  /** Calls `changed` after every change of the mailbox, whoever makes it. */
  watch(mailbox: string, changed: () => void): Unsubscribe;
};

/** Who may log in. */
export type ImapDoor = {
  /**
   * Undefined for a wrong name or password; takes the longer the more wrong ones came. Throws `too-many` for too many
   * wrong ones, or too many connections of one program: `NO [UNAVAILABLE]`, so that no program asks for a password.
   */
  logIn(o: { readonly user: string; readonly password: string }): Promise<ImapAccount | undefined>;
  /** What the program calls itself (ID, RFC 2971), before or after it logs in. */
  named?(clientName: string): void;
};
