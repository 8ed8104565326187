import type { HistoryEntry, Holding, MailClient, MailHolder } from '../../../../shared/holding';
import type { ContactId, MessageId, OnionHost } from '../../../../shared/ids';
import { onionOf } from '../../domain/mail-address';
import type { Agreement } from '../../ports/custody-store';
import type { Mailbox } from '../mailbox';
import { requireContact } from '../contacts/require-contact';

/** Who keeps mail for this identity, for whom it does, and what has not arrived. */
export function viewCustody(mailbox: Mailbox): Holding {
  const agreements = mailbox.mail.agreements();
  return {
    holders: agreements.filter(({ role }) => role === 'client').map((agreement) => toMailHolder(mailbox, agreement)),
    clients: agreements.filter(({ role }) => role === 'holder').map((agreement) => toMailClient(mailbox, agreement)),
    missing: mailbox.mail.missing().map((each) => ({ ...each, ...holderContact(mailbox, each.holder) })),
  };
}

/** Without what only the store needs of it. */
export function toMailHolder(mailbox: Mailbox, agreement: Agreement): MailHolder {
  const { reachedAt, faults } = agreement;
  return { ...common(mailbox, agreement), ...(reachedAt === undefined ? {} : { reachedAt }), faults };
}

export function toMailClient(mailbox: Mailbox, agreement: Agreement): MailClient {
  const { messages, bytes, oldestAt } = mailbox.mail.heldTotals(agreement.id);
  return {
    ...common(mailbox, agreement),
    heldMessages: messages,
    heldBytes: bytes,
    ...(oldestAt === undefined ? {} : { oldestAt }),
  };
}

function common({ mail }: Mailbox, { id, peer, state, agreed, askedAt, endedBy, handedOver }: Agreement) {
  const contactId = mail.contact(peer)?.id;
  return {
    agreementId: id,
    ...(contactId === undefined ? {} : { contactId }),
    address: peer,
    state,
    terms: agreed.terms,
    askedAt,
    ...(state === 'active' ? { until: agreed.until } : {}),
    ...(endedBy === undefined ? {} : { endedBy }),
    handedOver,
  };
}

/** The history of a message, with the names of holders who are contacts. Throws `message-unknown`. */
export function messageHistory(mailbox: Mailbox, messageId: MessageId): HistoryEntry[] {
  // Throws for a message that is not there.
  mailbox.mail.detail(messageId);
  return mailbox.mail.history(messageId).map((entry) => ({ ...entry, ...holderContact(mailbox, entry.holder) }));
}

/** A sender knows a holder by its onion alone; sometimes it is somebody they know. */
function holderContact({ mail }: Mailbox, holder: OnionHost | undefined): { holderContactId?: ContactId } {
  const contact = holder && mail.contacts().find(({ address }) => onionOf(address) === holder);
  return contact ? { holderContactId: contact.id } : {};
}

/** The person knows that mail of this contact is missing. Throws `contact-unknown`. */
export function dismissMissing(mailbox: Mailbox, contactId: ContactId): Holding {
  mailbox.mail.dismissMissing(requireContact(mailbox, contactId).id);
  return viewCustody(mailbox);
}
