import type { ListInvitation, MailingListView } from '../../../../shared/mailing-lists/list-view';
import { listAddress } from '../../domain/lists/list-address';
import { readGenesis } from '../../domain/lists/read-genesis';
import type { Mailbox, Services } from '../mailbox';
import { listCrypto } from './list-crypto';
import { openStored } from './open-list';

/** The lists of an identity with their members, as far as is known here. */
export function showLists(
  services: Pick<Services, 'custodyCrypto'>,
  mailbox: Pick<Mailbox, 'lists'>,
): MailingListView[] {
  return mailbox.lists.all().map((stored) => {
    const { of, state } = openStored(services, mailbox, stored);
    return {
      id: of.list,
      name: of.genesis.name,
      address: listAddress(of),
      mailboxId: stored.mailbox,
      standing: stored.standing,
      members: [...state.members.values()],
    };
  });
}

/** Invitations that wait for an answer of the person. */
export function showInvitations(
  services: Pick<Services, 'clock' | 'custodyCrypto'>,
  { lists }: Pick<Mailbox, 'lists'>,
): ListInvitation[] {
  const now = services.clock.now();
  const crypto = listCrypto(services);
  return lists.invitations().flatMap(({ id, isOurs, state, peer, expiresAt, genesis }) => {
    const of = readGenesis(crypto, genesis);
    if (!of || isOurs || state !== 'open' || expiresAt <= now) return [];
    return [{ id, list: of.list, name: of.genesis.name, from: peer, expiresAt }];
  });
}
