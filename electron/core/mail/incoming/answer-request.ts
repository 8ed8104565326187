import type { Contact } from '../../../../shared/contact';
import { PosthornError } from '../../../../shared/errors';
import type { MailAddress, MessageId } from '../../../../shared/ids';
import { mailboxOf } from '../../domain/mail-address';
import type { StoredContact } from '../../ports/mail-records';
import { findSigner } from '../trust/find-signer';
import { learnKey } from '../trust/learn-key';
import type { Mailbox, Services } from '../mailbox';
import { unsealMessage } from './unseal-message';
import { contactFor } from '../contacts/contact-for';
import { currentContact, toContact } from '../contacts/show-contact';

type RequestServices = Pick<Services, 'clock' | 'random' | 'log' | 'pgp' | 'mime'>;

/**
 * Makes the sender of a request a contact with the key it came with, and moves all their requests to the inbox. Throws
 * `message-unknown` for anything that is no request.
 */
export async function acceptRequest(
  services: RequestServices,
  mailbox: Mailbox,
  messageId: MessageId,
): Promise<Contact> {
  const from = senderOfRequest(mailbox, messageId);
  const contact = contactFor(services, mailbox, from);
  const accepted = contact.blocked ? mailbox.mail.updateContact(contact.id, { blocked: false }) : contact;
  mailbox.mail.move(mailbox.mail.messagesFrom(from, 'requests'), 'inbox');
  mailbox.changes.contacts();
  const known = await learnSenderKey(services, mailbox, { contact: accepted, messageId });
  await mailbox.trust.refresh();
  return currentContact(mailbox, known);
}

function senderOfRequest(mailbox: Pick<Mailbox, 'mail'>, messageId: MessageId): MailAddress {
  const { from, folder } = mailbox.mail.detail(messageId).summary;
  if (folder === 'requests') return mailboxOf(from);
  throw new PosthornError('message-unknown', 'This message is no longer among the requests. Nothing was changed.');
}

/**
 * So that an answer can be sealed at once, although the stranger may be offline by now. When it fails they are a
 * contact all the
 * same: their key is asked for with the first mail to them.
 */
async function learnSenderKey(
  services: RequestServices,
  mailbox: Mailbox,
  o: { contact: StoredContact; messageId: MessageId },
): Promise<StoredContact> {
  try {
    const unsealed = await unsealMessage(services, mailbox, { raw: mailbox.mail.raw(o.messageId) });
    const signer = await findSigner(services, mailbox, unsealed);
    return signer.outcome === 'certified' && signer.key
      ? learnKey(services, mailbox, { contact: o.contact, key: signer.key })
      : o.contact;
  } catch {
    services.log.warn('request.key-not-kept');
    return o.contact;
  }
}

/**
 * Blocks the sender of a request and deletes what they sent. They are not told. Throws `message-unknown` for anything
 * that is no request.
 */
export function blockRequest(
  services: Pick<Services, 'clock' | 'random'>,
  mailbox: Mailbox,
  messageId: MessageId,
): Contact {
  const from = senderOfRequest(mailbox, messageId);
  const contact = contactFor(services, mailbox, from);
  const blocked = mailbox.mail.updateContact(contact.id, { blocked: true });
  mailbox.changes.contacts();
  mailbox.mail.delete(mailbox.mail.messagesFrom(from, 'requests'));
  return toContact(blocked);
}
