import type { Contact } from '../../../../shared/contact';
import { PosthornError } from '../../../../shared/errors';
import type { MailAddress, MessageId } from '../../../../shared/ids';
import { mailboxOf } from '../../domain/mail-address';
import type { StoredContact } from '../../ports/storage/mail-records';
import { findSigner } from '../trust/find-signer';
import { learnKey } from '../trust/learn-key';
import type { Mailbox, Services } from '../mailbox';
import { unsealMessage } from './unseal-message';
import { contactFor } from '../contacts/contact-for';
import { currentContact, toContact } from '../contacts/show-contact';

type RequestServices = Pick<Services, 'clock' | 'random' | 'log' | 'pgp' | 'mime'>;

/**
 * Makes the sender of a request a contact with the key that came with it, and moves all their requests to the inbox.
 * Throws `message-unknown` for a message that is no request.
 */
export async function acceptRequest(
  services: RequestServices,
  mailbox: Pick<Mailbox, 'messages' | 'contacts' | 'keyring' | 'identity' | 'trust' | 'changes'>,
  messageId: MessageId,
): Promise<Contact> {
  const from = senderOfRequest(mailbox, messageId);
  const contact = contactFor(services, mailbox, from);
  const accepted = contact.blocked ? mailbox.contacts.update(contact.id, { blocked: false }) : contact;
  mailbox.messages.move(mailbox.messages.from(from, 'requests'), 'inbox');
  mailbox.changes.contacts();
  const known = await learnSenderKey(services, mailbox, { contact: accepted, messageId });
  await mailbox.trust.refresh();
  return currentContact(mailbox, known);
}

function senderOfRequest(mailbox: Pick<Mailbox, 'messages'>, messageId: MessageId): MailAddress {
  const { from, folder } = mailbox.messages.detail(messageId).summary;
  if (folder === 'requests') return mailboxOf(from);
  throw new PosthornError('message-unknown', 'This message is no longer among the requests. Nothing was changed.');
}

/**
 * Learns the sender's key, so that an answer can be sealed at once although they may be offline by now. When this fails
 * they are a contact all the same: their key is asked for with the first mail to them.
 */
async function learnSenderKey(
  services: RequestServices,
  mailbox: Pick<Mailbox, 'messages' | 'contacts' | 'keyring' | 'identity' | 'trust' | 'changes'>,
  o: { contact: StoredContact; messageId: MessageId },
): Promise<StoredContact> {
  try {
    const unsealed = await unsealMessage(services, mailbox, { raw: await mailbox.messages.raw(o.messageId) });
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
 * Blocks the sender of a request, without telling them, and deletes their requests. Throws `message-unknown` for a
 * message that is no request.
 */
export function blockRequest(
  services: Pick<Services, 'clock' | 'random'>,
  mailbox: Pick<Mailbox, 'messages' | 'contacts' | 'keyring' | 'identity' | 'changes'>,
  messageId: MessageId,
): Contact {
  const from = senderOfRequest(mailbox, messageId);
  const contact = contactFor(services, mailbox, from);
  const blocked = mailbox.contacts.update(contact.id, { blocked: true });
  mailbox.changes.contacts();
  mailbox.messages.delete(mailbox.messages.from(from, 'requests'));
  return toContact(blocked);
}
