import type { PeerNote } from '../../../../shared/peer-note';
import { mailboxOf } from '../../domain/mail-address';
import type { StoredContact } from '../../ports/mail-records';
import type { Mailbox } from '../mailbox';
import type { Noted, NoteServices } from '../control/control-message';
import type { UnsealedMessage } from '../incoming/unseal-message';
import { takeAnswer, takeAsk, takeEnd, takeExpired } from '../custody/answer-agreement';
import { takeDoor } from '../presence/private-onions';
import { takeCard, takeTokens } from '../custody/recipient/tokens-and-cards';
import { takeMissing, takeReadReceipt, takeReceipt } from '../custody/sender/take-receipt';

type Kind = PeerNote['kind'];
type Takers = {
  readonly [K in Kind]: (
    services: NoteServices,
    mailbox: Mailbox,
    noted: Noted<Extract<PeerNote, { kind: K }>>,
  ) => void;
};

const takers: Takers = {
  'hold.ask': takeAsk,
  'hold.answer': takeAnswer,
  'hold.end': takeEnd,
  'hold.tokens': takeTokens,
  'hold.expired': takeExpired,
  'hold.card': takeCard,
  missing: takeMissing,
  receipt: takeReceipt,
  read: takeReadReceipt,
  door: takeDoor,
};

/**
 * Acts on what another program says, once. Only a contact's note that was written to this mailbox counts: one that was
 * sent to somebody else could have been passed on. The effect comes before the mark that it was taken, so that a crash
 * in between repeats it and loses nothing.
 */
export function takeNote(
  services: NoteServices,
  mailbox: Mailbox,
  o: {
    readonly note: PeerNote;
    readonly inner: UnsealedMessage['inner'];
    readonly contact?: StoredContact;
    readonly provedCode?: string;
  },
): 'note' | 'dropped' {
  const { inner, contact, note, provedCode } = o;
  const isMeant = [...inner.to, ...inner.cc, ...inner.bcc].some(
    (address) => mailboxOf(address) === mailbox.identity().address,
  );
  if (!contact || !isMeant) return 'dropped';
  const take = takers[note.kind] as (services: NoteServices, mailbox: Mailbox, noted: Noted) => void;
  take(services, mailbox, { contact, note, ...(provedCode === undefined ? {} : { provedCode }) });
  mailbox.mail.receiveNote({ from: inner.from, rfcMessageId: inner.messageId });
  return 'note';
}
