import { useMemo } from 'react';
import type { Contact } from '../../shared/contact';
import type { HistoryEntry } from '../../shared/custody';
import type { IdentityId } from '../../shared/ids';
import { personName, shortOnion } from '../words/address-text';
import type { HolderName } from '../words/history-words';
import { useContacts } from './use-contacts';

type Holder = Pick<HistoryEntry, 'holder' | 'holderContactId'>;

/** The contact who is a holder, by their id or by their onion. */
export const holderContact = (contacts: readonly Contact[], { holder, holderContactId }: Holder): Contact | undefined =>
  contacts.find(({ id }) => id === holderContactId) ??
  contacts.find(({ address }) => holder !== undefined && address.endsWith(`@${holder}`));

/** How to call holders of somebody's mail: contacts by their names, others by their onions. */
export const holderNamesIn =
  (contacts: readonly Contact[]): HolderName =>
  (entry) => {
    const contact = holderContact(contacts, entry);
    if (contact !== undefined) return personName(contact);
    return entry.holder === undefined ? 'somebody they trust' : `somebody they trust (${shortOnion(entry.holder)})`;
  };

export type Holders = { readonly nameOf: HolderName; readonly isKnown: (entry: Holder) => boolean };

/** The holders whom an identity can call by name. */
export const useHolders = (identityId: IdentityId): Holders => {
  const contacts = useContacts(identityId);
  return useMemo(() => {
    const known = contacts ?? [];
    return { nameOf: holderNamesIn(known), isKnown: (entry) => holderContact(known, entry) !== undefined };
  }, [contacts]);
};
