import type { Contact } from '../../../shared/contact';
import type { IdentityId } from '../../../shared/ids';
import type { Services } from '../../state/services';
import { showToast } from '../../state/toasts';
import { personName } from '../../words/address-text';
import { tryOrTell } from '../window/try-or-tell';

const of = ({ identityId, id }: Contact) => ({ identityId, contactId: id });
const nameOf = (contact: Contact): string => personName(contact);

export type NewContact = { readonly identityId: IdentityId; readonly address: string; readonly name: string };

/** Puts somebody into the address book. Throws what the core threw. */
export const addContact = async ({ core, mirror }: Services, contact: NewContact): Promise<Contact> => {
  const added = await core.call('contacts.add', { ...contact, name: contact.name.trim() });
  await mirror.contacts.put(added);
  showToast({ text: `${nameOf(added)} is in your contacts` });
  return added;
};

/** Gives a contact another name. */
export const renameContact = async (
  { core, mirror }: Services,
  { contact, name }: { contact: Contact; name: string },
): Promise<void> => {
  const changed = await tryOrTell(() => core.call('contacts.update', { ...of(contact), name: name.trim() }));
  if (changed) await mirror.contacts.put(changed);
};

/** Blocks a contact, so that their mail is thrown away unseen, or lets them write again. */
export const blockContact = async (
  { core, mirror }: Services,
  { contact, blocked }: { contact: Contact; blocked: boolean },
): Promise<void> => {
  const changed = await tryOrTell(() => core.call('contacts.update', { ...of(contact), blocked }));
  if (!changed) return;
  await mirror.contacts.put(changed);
  showToast({ text: blocked ? `${nameOf(contact)} is blocked` : `${nameOf(contact)} can write to you again` });
};

export type Sharing = Partial<Pick<Contact, 'sendsReadReceipts' | 'learnsHolders'>>;

/** Changes what a contact is told: that their mail was read, and who keeps the user's mail. */
export const changeSharing = async (
  { core, mirror }: Services,
  { contact, change }: { contact: Contact; change: Sharing },
): Promise<void> => {
  const changed = await tryOrTell(() => core.call('contacts.update', { ...of(contact), ...change }));
  if (changed) await mirror.contacts.put(changed);
};

/** Takes a contact out of the address book; their mail stays. */
export const removeContact = async ({ core, mirror }: Services, contact: Contact): Promise<void> => {
  const done = await tryOrTell(() => core.call('contacts.remove', of(contact)));
  if (!done) return;
  await mirror.contacts.delete(contact.id);
  showToast({ text: `${nameOf(contact)} was removed from your contacts` });
};

/** Asks the contact's onion for its key now. Throws what the core threw. */
export const fetchContactKey = async ({ core, mirror }: Services, contact: Contact): Promise<Contact> => {
  const changed = await core.call('contacts.fetchKey', of(contact));
  await mirror.contacts.put(changed);
  return changed;
};
