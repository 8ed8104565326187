import type { Contact } from '../../../../shared/contact';
import { findsPerson } from '../../../../shared/text/finds-person';
import { isVerified } from '../../../words/standing-words';

/** Which part of the address book is listed. */
export type ContactFilter = 'all' | 'verified' | 'introduced' | 'unverified';

/** The filters in their order, as the list names them. */
export const contactFilters: readonly { readonly value: ContactFilter; readonly label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'verified', label: 'Verified' },
  { value: 'introduced', label: 'Introduced' },
  { value: 'unverified', label: 'Not verified' },
];

const filterOf = ({ standing }: Contact): ContactFilter => {
  if (isVerified(standing)) return 'verified';
  return standing.kind === 'introduced' ? 'introduced' : 'unverified';
};

/** The contacts of one filter whose name or address has the sought words in it, in the order given. */
export const filterContacts = (
  contacts: readonly Contact[],
  { filter, search }: { filter: ContactFilter; search: string },
): Contact[] =>
  contacts.filter((contact) => (filter === 'all' || filterOf(contact) === filter) && findsPerson(contact, search));
