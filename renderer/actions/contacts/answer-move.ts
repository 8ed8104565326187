import type { Contact } from '../../../shared/contact';
import type { Services } from '../../state/services';
import { showToast } from '../../state/toasts';
import { personName } from '../../words/address-text';
import { tryOrTell } from '../window/try-or-tell';

/**
 * Follows a contact to the address that they have moved to, or drops their notice. Answers the contact to show next.
 */
export const answerMove = async (
  { core, mirror }: Services,
  { contact, accept }: { contact: Contact; accept: boolean },
): Promise<Contact | undefined> => {
  const answer = await tryOrTell(() =>
    core.call('contacts.answerMove', { identityId: contact.identityId, contactId: contact.id, accept }),
  );
  if (!answer) return undefined;
  await mirror.contacts.put(answer);
  const name = personName(contact);
  showToast({ text: accept ? `${name} is in your contacts at the new address` : `The notice of ${name} is put aside` });
  return answer;
};
