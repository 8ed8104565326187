import { isSameMailbox } from '../../../../shared/address/mailbox-of';
import { signerStanding } from '../../../../shared/signer-standing';
import type { Command } from '../command';
import { exitStatus } from '../command';
import { findMessage } from '../../find/find-message';
import { messageLines } from '../../lines/show-lines';
import { standingText } from '../../lines/trust-lines';

/** `posthorn show`: one message as text. Its HTML part is only in the JSON form. */
export const show: Command = {
  usage: ['show MESSAGE-ID'],
  summary: 'show a message',
  run: async (context) => {
    const { detail, identity } = await findMessage(context, context.args[0]);
    const contacts = await context.core.call('contacts.list', { identityId: identity.id });
    const sender = contacts.find(({ address }) => isSameMailbox(address, detail.summary.from));
    context.output.result(detail, messageLines(detail, standingText(signerStanding(detail.summary, sender))));
    return exitStatus.ok;
  },
};
