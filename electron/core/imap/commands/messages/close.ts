import type { Command } from '../../session/command';
import { expungeMarked } from '../../session/expunge-marked';
import { ok } from '../../session/tagged';

/** CLOSE (RFC 9051 6.4.1): expunges without saying so. */
export const close: Command = {
  state: 'selected',
  read: () => async (context) => {
    const { session, account, selected } = context;
    if (!selected.isReadOnly) for await (const _ of expungeMarked(context));
    session.selected = undefined;
    const highest = account.state(selected.mailbox.id)?.highestModseq;
    const tells = session.enabled.qresync && !selected.isReadOnly && highest !== undefined;
    return ok('Closed', tells ? `HIGHESTMODSEQ ${String(highest)}` : undefined);
  },
};
