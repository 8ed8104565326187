import type { ControlMessage } from '../../../../shared/control-message';
import { mailboxOf } from '../../domain/mail-address';
import type { StoredContact } from '../../ports/mail-records';
import type { Mailbox } from '../mailbox';
import type { ReceivedControl, ControlServices } from '../control/control-message';
import type { UnsealedMessage } from '../incoming/unseal-message';
import { acceptAnswer, acceptAsk, acceptEnd, acceptExpired } from '../custody/answer-agreement';
import { acceptPrivateOnion } from '../presence/private-onions';
import { acceptHolderList, acceptTokens } from '../custody/recipient/tokens-and-cards';
import { acceptMissing, acceptReadReceipt, acceptReceipt } from '../custody/sender/take-receipt';

type Kind = ControlMessage['kind'];
type Acceptors = {
  readonly [K in Kind]: (
    services: ControlServices,
    mailbox: Mailbox,
    noted: ReceivedControl<Extract<ControlMessage, { kind: K }>>,
  ) => void;
};

const acceptors: Acceptors = {
  'hold.ask': acceptAsk,
  'hold.answer': acceptAnswer,
  'hold.end': acceptEnd,
  'hold.tokens': acceptTokens,
  'hold.expired': acceptExpired,
  'hold.card': acceptHolderList,
  missing: acceptMissing,
  receipt: acceptReceipt,
  read: acceptReadReceipt,
  door: acceptPrivateOnion,
};

/**
 * Acts on what another program says, once. Only a contact's note that was written to this mailbox counts: one that was
 * sent to somebody else could have been passed on. The effect comes before the mark that it was taken, so that a crash
 * in between repeats it and loses nothing.
 */
export function acceptControl(
  services: ControlServices,
  mailbox: Mailbox,
  o: {
    readonly control: ControlMessage;
    readonly inner: UnsealedMessage['inner'];
    readonly contact?: StoredContact;
    readonly provedCode?: string;
  },
): 'note' | 'dropped' {
  const { inner, contact, control, provedCode } = o;
  const isMeant = [...inner.to, ...inner.cc, ...inner.bcc].some(
    (address) => mailboxOf(address) === mailbox.identity().address,
  );
  if (!contact || !isMeant) return 'dropped';
  const take = acceptors[control.kind] as (services: ControlServices, mailbox: Mailbox, noted: ReceivedControl) => void;
  take(services, mailbox, { contact, control, ...(provedCode === undefined ? {} : { provedCode }) });
  mailbox.mail.recordControl({ from: inner.from, rfcMessageId: inner.messageId });
  return 'note';
}
