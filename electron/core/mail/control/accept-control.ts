import type { ControlMessage } from '../../../../shared/wire/control-message';
import { present } from '../../../../shared/present';
import { mailboxOf } from '../../domain/mail-address';
import type { StoredContact } from '../../ports/storage/mail-records';
import type { InnerHead } from '../../ports/mime';
import type { Mailbox } from '../mailbox';
import type { ControlServices, ControlTable, ReceivedControl } from './control-message';

/**
 * Acts on a control message, once. Only a contact's control message that was written to this mailbox counts: another
 * recipient could have forwarded one that was written to them. The effect comes before the mark that it was accepted,
 * so that a crash in between repeats the effect and loses nothing.
 */
export function acceptControl(
  services: ControlServices,
  mailbox: Mailbox,
  o: {
    readonly table: ControlTable;
    readonly control: ControlMessage;
    readonly head: Pick<Extract<InnerHead, { outcome: 'parsed' }>, 'from' | 'to' | 'cc' | 'bcc' | 'messageId'>;
    readonly contact?: StoredContact;
    readonly provedCode?: string;
  },
): 'control' | 'dropped' {
  const { head, contact, control, provedCode } = o;
  const isMeant = [...head.to, ...head.cc, ...head.bcc].some(
    (address) => mailboxOf(address) === mailbox.identity().address,
  );
  if (!contact || !isMeant) return 'dropped';
  const accept = o.table[control.kind] as (
    services: ControlServices,
    mailbox: Mailbox,
    received: ReceivedControl,
  ) => void;
  accept(services, mailbox, { contact, control, ...present({ provedCode }) });
  mailbox.control.record({ from: head.from, rfcMessageId: head.messageId });
  return 'control';
}
