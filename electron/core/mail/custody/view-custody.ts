import type { HistoryEntry, CustodyOverview, MailClient, MailHolder } from '../../../../shared/custody';
import type { ContactId, MessageId, OnionHost } from '../../../../shared/ids';
import { present } from '../../../../shared/present';
import { onionOf } from '../../domain/mail-address';
import { topicOf } from '../../domain/control/control-topic';
import type { Agreement } from '../../ports/storage/custody-records';
import type { Mailbox } from '../mailbox';
import { requireContact } from '../contacts/require-contact';

/** The holders of this identity, its clients, and the messages that have not arrived. */
export function viewCustody(mailbox: Pick<Mailbox, 'contacts' | 'custody' | 'control'>): CustodyOverview {
  const agreements = mailbox.custody.agreements.all();
  return {
    holders: agreements.filter(({ role }) => role === 'client').map((agreement) => toMailHolder(mailbox, agreement)),
    clients: agreements.filter(({ role }) => role === 'holder').map((agreement) => toMailClient(mailbox, agreement)),
    missing: mailbox.custody.asRecipient.missing().map((each) => ({ ...each, ...holderContact(mailbox, each.holder) })),
  };
}

/** An agreement with a holder of ours, without the fields that only the store needs. */
export function toMailHolder(mailbox: Pick<Mailbox, 'contacts' | 'control'>, agreement: Agreement): MailHolder {
  const { reachedAt, faults } = agreement;
  const tokensDue = awaitsTokens(mailbox, agreement) || undefined;
  return { ...common(mailbox, agreement), ...present({ tokensDue, reachedAt }), faults };
}

/** It said yes, and our list of tokens has not reached it yet. */
function awaitsTokens({ control }: Pick<Mailbox, 'control'>, { id, peer, state, tokensIssuedAt }: Agreement): boolean {
  if (state !== 'active') return false;
  return tokensIssuedAt === undefined || control.isQueued({ to: peer, topic: topicOf('hold.tokens', id) });
}

/** An agreement with a client of ours, with the number and octets of the envelopes held under it. */
export function toMailClient(mailbox: Pick<Mailbox, 'contacts' | 'custody'>, agreement: Agreement): MailClient {
  const { messages, bytes, oldestAt } = mailbox.custody.asHolder.heldTotals(agreement.id);
  return {
    ...common(mailbox, agreement),
    heldMessages: messages,
    heldBytes: bytes,
    ...present({ oldestAt }),
  };
}

function common(
  mailbox: Pick<Mailbox, 'contacts'>,
  { id, peer, state, agreed, askedAt, endedBy, handedOver }: Agreement,
) {
  const contactId = mailbox.contacts.find(peer)?.id;
  return {
    agreementId: id,
    ...present({ contactId }),
    address: peer,
    state,
    terms: agreed.terms,
    askedAt,
    ...(state === 'active' ? { until: agreed.until } : {}),
    ...present({ endedBy }),
    handedOver,
  };
}

/** The history of a message, with the contacts among its holders. Throws `message-unknown`. */
export function messageHistory(
  mailbox: Pick<Mailbox, 'messages' | 'outbox' | 'contacts'>,
  messageId: MessageId,
): HistoryEntry[] {
  // Throws for a message that is not there.
  mailbox.messages.detail(messageId);
  return mailbox.outbox.history(messageId).map((entry) => ({ ...entry, ...holderContact(mailbox, entry.holder) }));
}

/** A sender knows a holder by its onion alone; some holders are contacts of theirs. */
function holderContact(
  mailbox: Pick<Mailbox, 'contacts'>,
  holder: OnionHost | undefined,
): { holderContactId?: ContactId } {
  const contact = holder && mailbox.contacts.all().find(({ address }) => onionOf(address) === holder);
  return contact ? { holderContactId: contact.id } : {};
}

/** The person has seen that mail of this contact is missing: takes it off the list. Throws `contact-unknown`. */
export function dismissMissing(
  mailbox: Pick<Mailbox, 'contacts' | 'custody' | 'control'>,
  contactId: ContactId,
): CustodyOverview {
  mailbox.custody.asRecipient.dismissMissing(requireContact(mailbox, contactId).id);
  return viewCustody(mailbox);
}
