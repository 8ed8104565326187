import { PosthornError } from '../../../../shared/errors';
import type { MailboxId } from '../../../../shared/ids';
import type { ListIdentity } from '../../domain/lists/agreed-state';
import { makeMailbox } from '../mailboxes/place-mailbox';
import type { Mailbox, Services } from '../mailbox';

/**
 * The mailbox for the posts of a list, called as the list is. A name that is taken, or that no mailbox may have, gets
 * letters of the list's id: two lists may have one name. Throws `too-many`.
 */
export function makeListMailbox(
  services: Pick<Services, 'random'>,
  mailbox: Pick<Mailbox, 'mailboxes'>,
  { list, genesis }: ListIdentity,
): MailboxId {
  try {
    return makeMailbox(services, mailbox, { name: genesis.name }).id;
  } catch (error) {
    const isNamed = error instanceof PosthornError && NAME_FAULTS.includes(error.code);
    if (!isNamed) throw error;
    return makeMailbox(services, mailbox, { name: `${plain(genesis.name)} ${list.slice(0, 6)}` }).id;
  }
}

const NAME_FAULTS: readonly string[] = ['mailbox-exists', 'mailbox-refused'];

const plain = (name: string): string =>
  name
    .replace(/[^\p{L}\p{N} ]+/gu, ' ')
    .trim()
    .slice(0, 40)
    .trim() || 'List';
