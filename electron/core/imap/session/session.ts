import type { ImapAccount, ImapMailbox } from '../../ports/imap';
import type { MailboxView } from '../view/mailbox-view';
import type { RecentClaims } from './recent-claims';
import type { ClientLine } from '../wire/client-line';

/** A selected mailbox. */
export type Selected = {
  readonly mailbox: ImapMailbox;
  readonly uidValidity: number;
  readonly isReadOnly: boolean;
  readonly view: MailboxView;
  /** The MODSEQ up to which the client knows flags and new messages. */
  toldModseq: number;
  /** The MODSEQ up to which it knows what has gone. */
  goneModseq: number;
  /** By UID the MODSEQ of changes of its own, which it is not told of once more. */
  readonly ownChanges: Map<number, number>;
  /** UIDs of which this session is the first to be told. */
  readonly recent: { readonly from: number; readonly to: number }[];
  /** UIDs that the last search saved (RFC 5182). */
  saved: readonly number[];
  /** Keywords that the client has been told of by FLAGS. */
  readonly keywords: Set<string>;
};

export type LoginOutcome = 'logged-in' | 'wrong' | 'later';

/** What commands know of a connection, and may change. */
export type Session = {
  readonly client: ClientLine;
  account: ImapAccount | undefined;
  selected: Selected | undefined;
  /** Nothing more is read; the connection ends when what was written is sent. */
  isOver: boolean;
  readonly enabled: { condstore: boolean; qresync: boolean; utf8: boolean; rev2: boolean };
  logIn(o: { readonly user: string; readonly password: string }): Promise<LoginOutcome>;
  /** What the client calls itself. */
  named(clientName: string): void;
  readonly canStartTls: boolean;
  readonly claims: RecentClaims;
};

/** Whether names and quoted strings are UTF-8 (RFC 6855, RFC 9051 5.1). */
export function isUtf8({ enabled }: Session): boolean {
  return enabled.utf8 || enabled.rev2;
}
