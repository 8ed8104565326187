import type { ImapAccount, ImapDoor, ImapMailbox } from '../ports/imap';
import type { MailboxView } from './view/mailbox-view';

/** The states of RFC 9051 3. */
export type SessionState = 'not-authenticated' | 'authenticated' | 'selected' | 'logout';

/** A selected mailbox. */
export type Selected = {
  readonly mailbox: ImapMailbox;
  readonly uidValidity: number;
  readonly isReadOnly: boolean;
  readonly view: MailboxView;
  /** The MODSEQ up to which the client has been told everything. */
  toldModseq: number;
  /** What the last search saved (RFC 5182). */
  saved: readonly number[];
};

/** What commands know of a connection and may change. */
export type Session = {
  readonly door: ImapDoor;
  account: ImapAccount | undefined;
  selected: Selected | undefined;
  isOver: boolean;
  readonly enabled: { condstore: boolean; qresync: boolean; utf8: boolean; rev2: boolean };
  /** Writes untagged responses, without `* ` and CRLF; resolves when the client has taken enough of them. */
  tell(...pieces: readonly (string | Uint8Array)[]): Promise<void>;
  /** Asks the client to go on, and resolves with its next line; undefined when it has gone. */
  ask(text: string): Promise<string | undefined>;
  /** Resolves when the client sends a line, or `changed` is called. */
  compress(): void;
};

/** The end of a command: the tagged response. */
export type Tagged = { readonly status: 'OK' | 'NO' | 'BAD'; readonly code?: string; readonly text: string };

export const ok = (text: string, code?: string): Tagged => ({ status: 'OK', text, ...(code === undefined ? {} : { code }) });
export const no = (text: string, code?: string): Tagged => ({ status: 'NO', text, ...(code === undefined ? {} : { code }) });
export const bad = (text: string): Tagged => ({ status: 'BAD', text });
