import { useCallback, useMemo } from 'react';
import { isSameMailbox, mailboxKey } from '../../shared/address/mailbox-of';
import type { Contact } from '../../shared/contact';
import type { IdentityId } from '../../shared/ids';
import { useServices } from '../state/services';
import { namesIn } from './use-contacts';
import type { ContactOf, NameOf } from './use-contacts';
import { useLiveQuery } from './use-live-query';

/** Who people are to one identity: names and contacts by address; its own address is «Me». */
export type People = { readonly nameOf: NameOf; readonly contactOf: ContactOf };

const peopleOf = (contacts: readonly Contact[], own: string | undefined): People => {
  const byAddress = new Map<string, Contact>(contacts.map((contact) => [mailboxKey(contact.address), contact]));
  const names = namesIn(contacts);
  return {
    nameOf: (address) => (own !== undefined && isSameMailbox(address, own) ? 'Me' : names(address)),
    contactOf: (address) => byAddress.get(mailboxKey(address)),
  };
};

/** The people of each of these identities: none is called by the name that another identity has given. */
export const usePeople = (identityIds: readonly IdentityId[]): ((identityId: IdentityId) => People) => {
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
  const own = useLiveQuery(useCallback(() => mirror.identities.toArray(), [mirror]));
  return useMemo(() => {
    const all = contacts ?? [];
    const addressOf = (id: IdentityId) => own?.find((identity) => identity.id === id)?.address;
    const known = new Map(
      identityIds.map((id) => [
        id,
        peopleOf(
          all.filter(({ identityId }) => identityId === id),
          addressOf(id),
        ),
      ]),
    );
    return (identityId) => known.get(identityId) ?? peopleOf([], undefined);
  }, [identityIds, contacts, own]);
};
