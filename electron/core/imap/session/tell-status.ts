import { MAX_APPEND_OCTETS } from '../../domain/client-limits';
import type { ImapMailbox, ImapMailboxState } from '../../ports/imap';
import type { StatusItem } from '../grammar/status-items';
import type { LoggedIn } from './command';
import { enableCondstore } from './enable-condstore';
import { nameForm, SEPARATOR } from './mailbox-names';
import { unclaimed } from './recent-messages';

/** Tells STATUS of a mailbox. Answers whether it is there. */
export function tellStatus(
  context: LoggedIn,
  { mailbox, items }: { readonly mailbox: ImapMailbox; readonly items: readonly StatusItem[] },
): boolean {
  const { session, account } = context;
  const state = account.state(mailbox.id);
  if (!state) return false;
  if (items.includes('HIGHESTMODSEQ')) enableCondstore(context);
  const values = items.map((item) => `${item} ${valueOf(context, { item, mailbox, state })}`);
  session.client.tell(`STATUS ${nameForm(session, mailbox.path.join(SEPARATOR))} (${values.join(' ')})`);
  return true;
}

function valueOf(
  context: LoggedIn,
  { item, mailbox, state }: { item: StatusItem; mailbox: ImapMailbox; state: ImapMailboxState },
): string {
  // Reads a row of each message, so it is asked for only where a client wants it.
  if (item === 'SIZE') return String(state.octets);
  if (item === 'RECENT') return String(unclaimed(context, { mailbox, state }));
  const values: Record<Exclude<StatusItem, 'RECENT' | 'SIZE'>, number | string> = {
    APPENDLIMIT: MAX_APPEND_OCTETS,
    DELETED: state.deleted,
    HIGHESTMODSEQ: state.highestModseq,
    MAILBOXID: `(${mailbox.id})`,
    MESSAGES: state.messages,
    UIDNEXT: state.uidNext,
    UIDVALIDITY: state.uidValidity,
    UNSEEN: state.unseen,
  };
  return String(values[item]);
}
