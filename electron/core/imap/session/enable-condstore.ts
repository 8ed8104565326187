import type { LoggedIn } from './command';

/** Turns CONDSTORE on by a command that implies it, and tells what the client has to know then (RFC 7162 3.1). */
export function enableCondstore({ session, account }: LoggedIn): void {
  if (session.enabled.condstore) return;
  session.enabled.condstore = true;
  const state = session.selected && account.state(session.selected.mailbox.id);
  if (state) session.client.tell(`OK [HIGHESTMODSEQ ${String(state.highestModseq)}] The highest`);
}
