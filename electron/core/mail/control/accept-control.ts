import type { ControlMessage } from '../../../../shared/control-message';
import { present } from '../../../../shared/present';
import { mailboxOf } from '../../domain/mail-address';
import type { StoredContact } from '../../ports/storage/mail-records';
import type { InnerMessage } from '../../ports/mime';
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
    readonly inner: Pick<Extract<InnerMessage, { outcome: 'parsed' }>, 'from' | 'to' | 'cc' | 'bcc' | 'messageId'>;
    readonly contact?: StoredContact;
    readonly provedCode?: string;
  },
): 'control' | 'dropped' {
  const { inner, contact, control, provedCode } = o;
  const isMeant = [...inner.to, ...inner.cc, ...inner.bcc].some(
    (address) => mailboxOf(address) === mailbox.identity().address,
  );
  if (!contact || !isMeant) return 'dropped';
  const accept = o.table[control.kind] as (
    services: ControlServices,
    mailbox: Mailbox,
    received: ReceivedControl,
  ) => void;
  accept(services, mailbox, { contact, control, ...present({ provedCode }) });
  mailbox.control.record({ from: inner.from, rfcMessageId: inner.messageId });
  return 'control';
}
