import { create } from 'zustand';
import type { ContactId } from '../../shared/ids';
import { showView } from './selection';

/** Who is chosen in the address book. */
export const useContactPage = create<{ readonly chosen: ContactId | undefined }>()(() => ({ chosen: undefined }));

/** Chooses somebody in the address book. */
export const chooseContact = (chosen: ContactId): void => useContactPage.setState({ chosen });

/** Goes to the address book, to this contact. */
export const showContact = (contactId: ContactId): void => {
  chooseContact(contactId);
  showView('contacts');
};
