import { PosthornError } from '../../../../shared/errors';
import { ListGenesis, type MailingListId } from '../../../../shared/mailing-lists/mailing-list';
import { DEFAULT_LIST_POLICY, MAX_LISTS } from '../../domain/lists/list-limits';
import { readGenesis } from '../../domain/lists/read-genesis';
import type { Mailbox, Services } from '../mailbox';
import { listCrypto } from './list-crypto';
import { makeListMailbox } from './make-list-mailbox';
import { bodyOf, newInstall } from './write-to-log';

const NONCE_OCTETS = 32;

/** Makes a list whose founder and first member we are. Throws `list-refused` for a name that is none, `too-many`. */
export function createList(
  services: Pick<Services, 'clock' | 'random' | 'custodyCrypto'>,
  mailbox: Pick<Mailbox, 'lists' | 'identity' | 'mailboxes' | 'changes'>,
  { name }: { readonly name: string },
): MailingListId {
  requireRoomForList(mailbox);
  const install = newInstall(services);
  const made = ListGenesis.safeParse({
    v: 1,
    name: name.trim(),
    createdAt: services.clock.now(),
    nonce: Array.from(services.random.bytes(NONCE_OCTETS), (octet) => octet.toString(16).padStart(2, '0')).join(''),
    founder: { address: mailbox.identity().address, install },
    policy: DEFAULT_LIST_POLICY,
  });
  if (!made.success) throw noName();
  const genesis = bodyOf(made.data);
  const of = readGenesis(listCrypto(services), genesis);
  if (!of) throw noName();
  const id = of.list;
  mailbox.lists.add({ id, genesis, standing: 'member', mailbox: makeListMailbox(services, mailbox, of), install });
  mailbox.changes.lists();
  return id;
}

/** Throws `too-many`. */
export function requireRoomForList({ lists }: Pick<Mailbox, 'lists'>): void {
  if (lists.all().length >= MAX_LISTS)
    throw new PosthornError('too-many', 'This identity is on as many mailing lists as it can be. Nothing was changed.');
}

function noName(): PosthornError {
  return new PosthornError('list-refused', 'A mailing list cannot be called so. Nothing was made.');
}
