import type { ControlMessage } from '../../../../shared/wire/control-message';
import type { MailAddress } from '../../../../shared/ids';
import type { InstallId } from '../../../../shared/mailing-lists/mailing-list';
import { readEntryStatement, type SignedEntry } from '../../domain/lists/entry';
import { fetchedAfter, mayFetch } from '../../domain/lists/fetch-budget';
import { isInstallLost, knowsLedgerOf } from '../../domain/lists/install-lost';
import { ASK_LEASE_MS } from '../../domain/lists/list-limits';
import { isMember } from '../../domain/lists/list-state';
import { stateOn, takeEntries, type Taken } from '../../domain/lists/take-entries';
import { fromWire } from '../../domain/lists/wire-entry';
import type { ControlServices, ReceivedControl } from '../control/control-message';
import type { Mailbox } from '../mailbox';
import { afterDeciding } from './change-members';
import { decidePending } from './decide';
import { followState } from './follow-state';
import { listCrypto } from './list-crypto';
import { findList, type OpenList } from './open-list';
import { sendMissing, sendVector } from './send-batches';
import { newInstall } from './write-to-log';

type Batch = Extract<ControlMessage, { kind: 'list.batch' }>;
type From = { readonly list: OpenList; readonly from: MailAddress; readonly batch: Batch };

/**
 * A member tells what was said on a list, and how far they have it. Whoever is no member may bring the decisions by
 * which they are one, and nothing else. What was taken is committed; the posts in it are filed later.
 */
export function takeBatch(
  services: ControlServices,
  mailbox: Mailbox,
  { contact, control: batch }: ReceivedControl<Batch>,
): void {
  const list = findList(services, mailbox, batch.list);
  const from = contact.address;
  if (!list || list.state.gone.has(from)) return;
  const taken = take(services, mailbox, { list, from, batch });
  const now: OpenList = { ...list, state: taken.state };
  followState(services, mailbox, { list: batch.list, state: taken.state });
  if (taken.entries.some(({ lane }) => lane === 'posts')) mailbox.changes.lists();
  if (taken.entries.some(({ kind }) => kind === 'change'))
    afterDeciding(services, mailbox, { list: now, entries: decidePending(services, mailbox, now) });
  if (isMember(taken.state, from)) answer(services, mailbox, { list: now, from, batch, lacks: taken.lacks });
}

function take(
  services: ControlServices,
  mailbox: Mailbox,
  { list, from, batch }: From,
): Pick<Taken, 'state' | 'entries' | 'lacks'> {
  const crypto = listCrypto(services);
  const all = batch.entries.map((entry) => fromWire(crypto, entry));
  const believed = isMember(list.state, from) ? all : all.filter(isOfLedger);
  const { of, stored } = list;
  const taken = mailbox.lists.onShelf(of.list, (shelf) =>
    takeEntries({ of, crypto, shelf, now: services.clock.now(), state: stateOn({ of, crypto, shelf }) }, believed),
  );
  const isBelieved = isMember(taken.state, from);
  if (isBelieved) beginAgain(services, mailbox, { list, batch });
  const seen = isBelieved ? (batch.have ?? []) : [];
  if (stored.install !== undefined && isLost(mailbox, { list, seen, taken, install: stored.install }))
    mailbox.lists.change(of.list, { install: newInstall(services) });
  return { ...taken, lacks: taken.lacks || believed.length < all.length };
}

/**
 * After a restore we write under a new installation; the founder not before a member's vector says that no decision is
 * missing here, since two of one round would end all decisions.
 */
function beginAgain(
  services: ControlServices,
  { lists }: Pick<Mailbox, 'lists'>,
  { list: { of, stored }, batch }: { readonly list: OpenList; readonly batch: Batch },
): void {
  const { have } = batch;
  if (stored.install !== undefined || !have) return;
  const isComplete = lists.onShelf(of.list, (shelf) => knowsLedgerOf(shelf, of.genesis.founder.address, have));
  if (isComplete) lists.change(of.list, { install: newInstall(services) });
}

/**
 * Whether others know, or bring, what was written under our installation and is not in our log: this profile was copied
 * or put back, and the installation is dead.
 */
function isLost(
  mailbox: Pick<Mailbox, 'lists' | 'identity'>,
  o: {
    readonly list: OpenList;
    readonly seen: NonNullable<Batch['have']>;
    readonly taken: Taken;
    readonly install: InstallId;
  },
): boolean {
  const own = { address: mailbox.identity().address, install: o.install };
  if (o.taken.entries.some(({ author, install }) => author === own.address && install === own.install)) return true;
  return mailbox.lists.onShelf(o.list.of.list, (shelf) => isInstallLost(shelf, own, o.seen));
}

const isOfLedger = ({ statement }: SignedEntry): boolean => readEntryStatement(statement)?.lane === 'ledger';

/** What an answer lacks is not asked for again: two would go on for ever about a log that is refused. */
function answer(services: ControlServices, mailbox: Mailbox, o: From & { readonly lacks: boolean }): void {
  const { list, from, batch } = o;
  if (batch.have) answerVector(services, mailbox, { list, from, batch });
  else if (o.lacks && batch.isAnswer !== true) askOnce(services, mailbox, o);
}

function answerVector(services: ControlServices, mailbox: Mailbox, { list, from, batch }: From): void {
  const { list: id } = list.of;
  const now = services.clock.now();
  const peer = mailbox.lists.peer(id, from);
  if (!mayFetch(peer, now)) return;
  const sent = sendMissing(services, mailbox, { list, to: from, rows: batch.have ?? [], isAnswer: true });
  mailbox.lists.putPeer(id, { askedAt: 0, ...peer, address: from, ...fetchedAfter(peer, { octets: sent, now }) });
  if (batch.isAnswer !== true) sendVector(services, mailbox, { list, to: from, isAnswer: true });
}

/** A sender whose entries never fit is not asked once for each. */
function askOnce(services: ControlServices, mailbox: Mailbox, { list, from }: From): void {
  const { list: id } = list.of;
  const now = services.clock.now();
  const peer = mailbox.lists.peer(id, from);
  if (peer && now - peer.askedAt < ASK_LEASE_MS) return;
  mailbox.lists.putPeer(id, { day: 0, octets: 0, ...peer, address: from, askedAt: now });
  sendVector(services, mailbox, { list, to: from });
}
