import { PosthornError } from '../../../../shared/errors';
import type { MailAddress } from '../../../../shared/ids';
import type { LogCut, MailingListId } from '../../../../shared/mailing-lists/mailing-list';
import type { Entry } from '../../domain/lists/entry';
import type { EntryShelf } from '../../domain/lists/entry-shelf';
import { isMember, isSteward } from '../../domain/lists/list-state';
import type { Mailbox } from '../mailbox';
import { decide } from './decide';
import { followState } from './follow-state';
import { openStored, requireList, type OpenList } from './open-list';
import { pushEntries, type ListServices } from './send-batches';
import { bodyOf, writeToLog } from './write-to-log';

type Lists = Pick<Mailbox, 'lists' | 'control' | 'contacts' | 'keyring' | 'outbox' | 'identity' | 'changes'>;

/**
 * As a steward: from now on nothing is sent to this member, and what they wrote that we do not have counts no more.
 * Throws `list-unknown`, and `list-refused` for somebody who is no member, a steward, or when we are none.
 */
export function removeMember(
  services: ListServices,
  mailbox: Lists,
  o: { readonly list: MailingListId; readonly address: MailAddress },
): void {
  const list = requireList(services, mailbox, o.list);
  requireSteward(mailbox, list);
  if (!isMember(list.state, o.address) || isSteward(list.state, o.address))
    throw new PosthornError('list-refused', 'Only a member who is no steward can be removed. Nothing was changed.');
  const { address } = o;
  const entries = decide(services, mailbox, list, (shelf) => ({
    op: 'member.remove',
    address,
    cut: cutOf(shelf, address),
  }));
  afterDeciding(services, mailbox, { list, entries });
}

/** Throws `list-refused` when we are no steward of the list. */
export function requireSteward(mailbox: Pick<Mailbox, 'identity'>, { state }: OpenList): void {
  if (!isSteward(state, mailbox.identity().address))
    throw new PosthornError('list-refused', 'Only who keeps the list can do that. Nothing was changed.');
}

/** Tells the members what was decided, and lets follow what follows. */
export function afterDeciding(
  services: ListServices,
  mailbox: Lists,
  { list, entries }: { readonly list: OpenList; readonly entries: readonly Entry[] },
): void {
  if (entries.length === 0) return;
  const now = openStored(services, mailbox, list.stored);
  followState(services, mailbox, { list: now.of.list, state: now.state });
  pushEntries(services, mailbox, { list: now, entries });
}

/**
 * Leaves a list: nothing is taken or sent any more, and the mail stays. The others are told. Throws `list-unknown`, and
 * `list-refused` for a steward.
 */
export function leaveList(
  services: ListServices,
  mailbox: Lists,
  { list: id }: { readonly list: MailingListId },
): void {
  const list = requireList(services, mailbox, id);
  const self = mailbox.identity().address;
  if (isSteward(list.state, self))
    throw new PosthornError('list-refused', 'Who keeps the list cannot leave it yet. Nothing was changed.');
  const entry = writeToLog(services, mailbox, id, (write, shelf) => {
    const own = mailbox.lists.find(id)?.install;
    const others = cutOf(shelf, self).filter(({ install, lane }) => install !== own || lane !== 'ledger');
    const ledger = own === undefined ? undefined : shelf.log({ author: self, install: own, lane: 'ledger' });
    const last: LogCut[] = own === undefined ? [] : [{ install: own, lane: 'ledger', next: (ledger?.next ?? 0) + 1 }];
    return write('change', bodyOf({ op: 'member.leave', cut: [...others, ...last] }));
  });
  pushEntries(services, mailbox, { list, entries: [entry] });
  mailbox.lists.change(id, { standing: 'left' });
}

/** How far we have the logs of somebody. */
function cutOf(shelf: Pick<EntryShelf, 'logs'>, author: MailAddress): LogCut[] {
  return shelf
    .logs()
    .filter((log) => log.author === author)
    .map(({ install, lane, next }) => ({ install, lane, next }));
}
