import { PosthornError } from '../../../../shared/errors';
import { EntryId, ListBlock, ListChange, type MailingListId } from '../../../../shared/mailing-lists/mailing-list';
import { afterChange } from '../../domain/lists/agreed-state';
import type { Entry } from '../../domain/lists/entry';
import type { EntryShelf } from '../../domain/lists/entry-shelf';
import { readBody } from '../../domain/lists/read-body';
import { stateOn } from '../../domain/lists/take-entries';
import { toWire } from '../../domain/lists/wire-entry';
import type { Mailbox, Services } from '../mailbox';
import { listCrypto } from './list-crypto';
import type { OpenList } from './open-list';
import { bodyOf, writeToLog, type WriteEntry } from './write-to-log';

type Deciding = Pick<Services, 'clock' | 'random' | 'custodyCrypto'>;

/**
 * As the founder: says what is to change and decides it, in one commit. Answers both entries; none when the change is
 * not valid (any more), and then nothing was written. Throws `list-refused` after a restore, until a member has told
 * what was decided since.
 */
export function decide(
  services: Deciding,
  mailbox: Pick<Mailbox, 'lists' | 'identity'>,
  { of, state: known }: Pick<OpenList, 'of' | 'state'>,
  changeOn: (shelf: EntryShelf) => ListChange,
): readonly Entry[] {
  if (isRestored(mailbox, { of, state: known })) throw notYet();
  const { address: by } = mailbox.identity();
  const crypto = listCrypto(services);
  return writeToLog(services, mailbox, of.list, (write, shelf) => {
    const state = stateOn({ of, crypto, shelf });
    const change = bodyOf(changeOn(shelf));
    if (!afterChange(crypto, state, draftOf({ by, list: of.list, at: services.clock.now(), body: change }))) return [];
    const entry = write('change', change);
    return [entry, writeBlock(services, write, { state, changes: [entry] })];
  });
}

/** A change that is judged before it is written: the rules look at its author, list and body alone. */
function draftOf({ by, ...o }: { by: Entry['author']; list: MailingListId; at: number; body: Uint8Array }) {
  return { kind: 'change' as const, author: by, ...o };
}

/**
 * As the founder: decides what members want of themselves, which is that they leave. What is in a block already is not
 * decided again: somebody may leave and come back. Answers the blocks.
 */
export function decidePending(
  services: Deciding,
  mailbox: Pick<Mailbox, 'lists' | 'identity'>,
  { of, state }: Pick<OpenList, 'of' | 'state'>,
): readonly Entry[] {
  const { address } = mailbox.identity();
  const mayDecide = address === of.genesis.founder.address && !state.isDisputed && !isRestored(mailbox, { of, state });
  if (!mayDecide) return [];
  const crypto = listCrypto(services);
  return writeToLog(services, mailbox, of.list, (write, shelf) => {
    const blocks: Entry[] = [];
    for (const entry of undecided(services, shelf, of.genesis.founder.address)) {
      const before = stateOn({ of, crypto, shelf });
      if (afterChange(crypto, before, entry))
        blocks.push(writeBlock(services, write, { state: before, changes: [entry] }));
    }
    return blocks;
  });
}

/** The copy that was put back may know less than was decided: two decisions of one round would end all of them. */
function isRestored({ lists }: Pick<Mailbox, 'lists'>, { of, state }: Pick<OpenList, 'of' | 'state'>): boolean {
  return lists.find(of.list)?.install === undefined && state.members.size > 1;
}

const notYet = (): PosthornError =>
  new PosthornError(
    'list-refused',
    'This mail was put back from a backup. Wait until another member of the list has been online. Nothing was changed.',
  );

function undecided(services: Deciding, shelf: EntryShelf, founder: Entry['author']): readonly Entry[] {
  const crypto = listCrypto(services);
  const all = shelf
    .logs()
    .filter(({ lane }) => lane === 'ledger')
    .flatMap((log) => [...shelf.entries({ ...log, from: 0 })]);
  const decided = new Set(
    all
      .filter(({ kind, author }) => kind === 'block' && author === founder)
      .flatMap(({ body }) => ListBlock.safeParse(readBody(crypto, body)).data?.changes ?? [])
      .map(({ statement }) => EntryId.parse(crypto.sha256(statement))),
  );
  return all.filter(({ id, kind, body }) => {
    const change =
      kind === 'change' && !decided.has(id) ? ListChange.safeParse(readBody(crypto, body)).data : undefined;
    return change?.op === 'member.leave';
  });
}

function writeBlock(
  services: Deciding,
  write: WriteEntry,
  { state, changes }: { readonly state: OpenList['state']; readonly changes: readonly Entry[] },
): Entry {
  const crypto = listCrypto(services);
  const { round, parent } = state;
  return write('block', bodyOf({ epoch: 0, round, parent, changes: changes.map((entry) => toWire(crypto, entry)) }));
}
