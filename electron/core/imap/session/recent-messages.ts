import type { LoggedIn } from './command';
import type { ImapMailbox, ImapMailboxState } from '../../ports/imap';
import { PAGE } from './entries';
import type { Selected, Session } from './session';

/** Notes which messages below `uidNext` this session is the first to be told of; one that only reads takes none. */
export function noteRecent(session: Session, { selected, uidNext }: { selected: Selected; uidNext: number }): void {
  const { claims } = session;
  const from = selected.isReadOnly ? claims.next(selected, uidNext) : claims.claim(selected, uidNext);
  if (from < uidNext) selected.recent.push({ from, to: uidNext - 1 });
}

export function isRecent({ recent }: Selected, uid: number): boolean {
  return recent.some(({ from, to }) => uid >= from && uid <= to);
}

/** `* n RECENT`; RFC 9051 has it no more. */
export function tellRecent(session: Session, { recent, view }: Selected): void {
  if (session.enabled.rev2) return;
  const count = recent.reduce((sum, range) => sum + view.uidsIn([range]).length, 0);
  session.client.tell(`${String(count)} RECENT`);
}

/** How many messages of a mailbox nobody was told of. */
export function unclaimed(
  { account, session }: LoggedIn,
  { mailbox, state }: { readonly mailbox: ImapMailbox; readonly state: ImapMailboxState },
): number {
  const next = session.claims.next({ mailbox, uidValidity: state.uidValidity }, state.uidNext);
  if (next === 1) return state.messages;
  let count = 0;
  for (let afterUid = next - 1; afterUid < state.uidNext - 1;) {
    const entries = account.entries({ mailbox: mailbox.id, afterUid, limit: PAGE });
    count += entries.length;
    afterUid = entries.at(-1)?.uid ?? state.uidNext;
  }
  return count;
}
