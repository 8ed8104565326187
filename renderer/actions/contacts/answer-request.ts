import type { Contact } from '../../../shared/contact';
import type { MessageSummary } from '../../../shared/message';
import type { Services } from '../../state/services';
import { showToast } from '../../state/toasts';
import { localPartOf, personName } from '../../words/address-text';
import { tryOrTell } from '../window/try-or-tell';

/** Makes a stranger a contact; all their mail moves to the Inbox. */
export const acceptRequest = async ({ core }: Services, message: MessageSummary): Promise<Contact | undefined> => {
  const contact = await tryOrTell(() =>
    core.call('requests.accept', { identityId: message.identityId, messageId: message.id }),
  );
  if (contact)
    showToast({
      text: `${personName(contact)} is now a contact; their mail is in your Inbox`,
    });
  return contact;
};

/** Blocks a stranger and deletes their requests. */
export const blockSender = async ({ core }: Services, message: MessageSummary): Promise<Contact | undefined> => {
  const contact = await tryOrTell(() =>
    core.call('requests.block', { identityId: message.identityId, messageId: message.id }),
  );
  if (contact) showToast({ text: `${localPartOf(contact.address)} is blocked; unblock them in Contacts` });
  return contact;
};
