import { useCallback, useMemo } from 'react';
import { isSameMailbox, mailboxKey } from '../../shared/address/mailbox-of';
import type { Contact } from '../../shared/contact';
import type { IdentityId } from '../../shared/ids';
import { useServices } from '../state/services';
import { localPartOf } from '../words/address-text';
import { useLiveQuery } from './use-live-query';
import { isolated } from '../../shared/text/text-direction';

const byName = (one: Contact, other: Contact): number =>
  (one.name || one.address).localeCompare(other.name || other.address);

/** An identity's address book by name, blocked people included; undefined until it is read. */
export const useContacts = (identityId: IdentityId | undefined): Contact[] | undefined => {
  const { mirror } = useServices();
  const contacts = useLiveQuery(
    useCallback(
      async () => (identityId ? mirror.contacts.where('identityId').equals(identityId).toArray() : []),
      [mirror, identityId],
    ),
  );
  return useMemo(() => contacts && [...contacts].sort(byName), [contacts]);
};

/** The address books of some identities in one, by name. */
export const useContactsOfAll = (identityIds: readonly IdentityId[]): readonly Contact[] => {
  const { mirror } = useServices();
  const contacts = useLiveQuery(
    useCallback(
      () =>
        mirror.contacts
          .where('identityId')
          .anyOf([...identityIds])
          .toArray(),
      [mirror, identityIds],
    ),
  );
  return useMemo(() => (contacts ? [...contacts].sort(byName) : []), [contacts]);
};

/** What is known of the person at an address; undefined for those who are no contact. */
export type ContactOf = (address: string) => Contact | undefined;

/** Contacts of an identity by address, for many at once (lists). */
export const useContactOf = (identityId: IdentityId | undefined): ContactOf => {
  const contacts = useContacts(identityId);
  return useMemo(() => {
    const byAddress = new Map<string, Contact>(contacts?.map((contact) => [mailboxKey(contact.address), contact]));
    return (address) => byAddress.get(mailboxKey(address));
  }, [contacts]);
};

/** How to call an address: the person's own word for it, or its local part. */
export type NameOf = (address: string) => string;

/** The names in an address book. */
export const namesIn = (contacts: readonly { readonly address: string; readonly name: string }[]): NameOf => {
  const names = new Map<string, string>(
    contacts.filter(({ name }) => name !== '').map(({ address, name }) => [mailboxKey(address), isolated(name)]),
  );
  return (address) => names.get(mailboxKey(address)) ?? localPartOf(address);
};

/** Names for many addresses at once (lists); own addresses are «Me». */
export const useNames = (identityId: IdentityId | undefined): NameOf => {
  const { mirror } = useServices();
  const contacts = useContacts(identityId);
  const own = useLiveQuery(useCallback(() => mirror.identities.toArray(), [mirror]));
  return useMemo(() => {
    const me = own?.find(({ id }) => id === identityId)?.address;
    const names = namesIn(contacts ?? []);
    return (address) => (me !== undefined && isSameMailbox(address, me) ? 'Me' : names(address));
  }, [contacts, own, identityId]);
};
