import { PosthornError } from '../../../../shared/errors';
import type { MailingListId } from '../../../../shared/mailing-lists/mailing-list';
import type { ListIdentity } from '../../domain/lists/agreed-state';
import type { ListState } from '../../domain/lists/list-state';
import { readGenesis } from '../../domain/lists/read-genesis';
import { stateOn } from '../../domain/lists/take-entries';
import type { StoredList } from '../../ports/storage/lists/mailing-lists';
import type { Mailbox, Services } from '../mailbox';
import { listCrypto } from './list-crypto';

/** A list that is kept here, and what its members agree on now. */
export type OpenList = { readonly stored: StoredList; readonly of: ListIdentity; readonly state: ListState };

/** The list with this id; undefined when we are not on it, also when we have left it. */
export function findList(
  services: Pick<Services, 'custodyCrypto'>,
  { lists }: Pick<Mailbox, 'lists'>,
  id: MailingListId,
): OpenList | undefined {
  const stored = lists.find(id);
  return stored && stored.standing !== 'left' ? openStored(services, { lists }, stored) : undefined;
}

/** Of any list that is kept here, also of one that we have left. Throws `store-damaged`. */
export function openStored(
  services: Pick<Services, 'custodyCrypto'>,
  { lists }: Pick<Mailbox, 'lists'>,
  stored: StoredList,
): OpenList {
  const crypto = listCrypto(services);
  const of = readGenesis(crypto, stored.genesis);
  if (!of) throw new PosthornError('store-damaged', 'The beginning of a mailing list cannot be read. A backup has it.');
  return { stored, of, state: lists.onShelf(stored.id, (shelf) => stateOn({ of, crypto, shelf })) };
}

/** The same for what a person wants. Throws `list-unknown`; `list-refused` while we wait to be taken onto it. */
export function requireList(
  services: Pick<Services, 'custodyCrypto'>,
  mailbox: Pick<Mailbox, 'lists'>,
  id: MailingListId,
): OpenList {
  const found = findList(services, mailbox, id);
  if (!found) throw new PosthornError('list-unknown', 'You are not on this mailing list. Nothing was sent.');
  if (found.stored.standing === 'joining')
    throw new PosthornError(
      'list-refused',
      'Whoever invited you has not taken you onto the list yet. Nothing was sent; try again later.',
    );
  return found;
}
