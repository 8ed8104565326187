import { readSequenceSet } from '../../grammar/sequence-set';
import type { Command } from '../../session/command';
import { chosenMessages } from '../../session/chosen-messages';
import { expungeMarked } from '../../session/expunge-marked';
import { no, ok } from '../../session/tagged';
import { tellExpunged } from '../../session/tell-changes';

/** EXPUNGE (RFC 9051 6.4.3) and UID EXPUNGE (6.4.9). */
export const expunge: Command = {
  state: 'selected',
  takesUid: true,
  read: (reader, { isUid }) => {
    if (isUid) reader.space();
    const set = isUid ? readSequenceSet(reader) : undefined;
    return async (context) => {
      const { session, account, selected } = context;
      if (selected.isReadOnly) return no('The mailbox is open to read only', 'READ-ONLY');
      const uids = set && chosenMessages(context, set, { isUid });
      let hasGone = false;
      for await (const gone of expungeMarked(context, uids)) {
        tellExpunged(context, gone);
        hasGone ||= gone.length > 0;
      }
      const highest = account.state(selected.mailbox.id)?.highestModseq;
      const tells = hasGone && session.enabled.qresync && highest !== undefined;
      return ok('Expunged', tells ? `HIGHESTMODSEQ ${String(highest)}` : undefined);
    };
  },
};
