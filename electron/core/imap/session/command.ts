import type { ImapAccount } from '../../ports/imap';
import type { ArgumentReader } from '../grammar/argument-reader';
import type { Selected, Session } from './session';
import type { Tagged } from './tagged';

/** What a command works on, by the state that it needs (RFC 9051 3). */
export type Connected = { readonly session: Session; readonly tag: string };
export type LoggedIn = Connected & { readonly account: ImapAccount };
export type InMailbox = LoggedIn & { readonly selected: Selected };

/** Does what was read. */
type Run<Context> = (context: Context) => Tagged | Promise<Tagged>;

/**
 * Reads the arguments, from the blank behind the name on, and throws `BadCommand` for what is not in the grammar.
 * `isUid`: the name stood behind `UID`.
 */
type Read<Context> = (reader: ArgumentReader, o: { readonly isUid: boolean }) => Run<Context>;

/** A command: the state that it needs, its grammar, and what it does. */
export type Command = {
  /** It may stand behind `UID`. */
  readonly takesUid?: boolean;
  /** While it runs, sequence numbers stay, since its arguments or answers are such (RFC 9051 7.5.1). */
  readonly keepsNumbers?: boolean;
} & (
  | { readonly state: 'any' | 'not-authenticated'; readonly read: Read<Connected> }
  | { readonly state: 'authenticated'; readonly read: Read<LoggedIn> }
  | { readonly state: 'selected'; readonly read: Read<InMailbox> }
);
