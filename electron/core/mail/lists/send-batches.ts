import type { MailAddress } from '../../../../shared/ids';
import type { HaveRow } from '../../../../shared/mailing-lists/mailing-list';
import { batchesOf } from '../../domain/lists/batches';
import type { Entry } from '../../domain/lists/entry';
import { haveVector, missingEntries } from '../../domain/lists/have-vector';
import { LIST_MAIL_LIFETIME_MS, MAX_ANSWER_BATCHES } from '../../domain/lists/list-limits';
import { counts, type ListState } from '../../domain/lists/list-state';
import { pushTargets } from '../../domain/lists/push-targets';
import { toWire } from '../../domain/lists/wire-entry';
import { present } from '../../../../shared/present';
import { sendControl } from '../control/send-control';
import type { Mailbox, Services } from '../mailbox';
import { listCrypto } from './list-crypto';
import type { OpenList } from './open-list';

export type ListServices = Pick<Services, 'clock' | 'random' | 'custodyCrypto'>;
type Sending = Pick<Mailbox, 'lists' | 'control' | 'identity' | 'changes'>;

/** Sends new entries to those who get them at once; the others ask for them. */
export function pushEntries(
  services: ListServices,
  mailbox: Sending,
  { list, entries }: { readonly list: Pick<OpenList, 'of' | 'state'>; readonly entries: readonly Entry[] },
): void {
  const self = mailbox.identity().address;
  const fraction = (): number => services.random.fraction();
  for (const to of pushTargets(list.state, { self, fraction }))
    for (const batch of batchesOf(entries, Number.POSITIVE_INFINITY)) send(services, mailbox, { list, to, batch });
}

/**
 * Sends what somebody with these rows lacks, as much of it as one answer holds. Answers the octets of the bodies. No
 * more is read than is sent.
 */
export function sendMissing(
  services: ListServices,
  mailbox: Sending,
  o: { readonly list: OpenList; readonly to: MailAddress; readonly rows: readonly HaveRow[]; readonly isAnswer?: true },
): number {
  const { list, rows } = o;
  const batches = mailbox.lists.onShelf(list.of.list, (shelf) => [
    ...batchesOf(counting(list.state, missingEntries(shelf, rows)), MAX_ANSWER_BATCHES),
  ]);
  for (const batch of batches) send(services, mailbox, { ...o, batch });
  return batches.flat().reduce((sum, { body }) => sum + body.length, 0);
}

function* counting(state: ListState, entries: Iterable<Entry>): Generator<Entry> {
  for (const entry of entries) if (counts(state, entry)) yield entry;
}

/** Tells how far we have each log; whoever gets it sends what we lack and, unless it is an answer, asks for theirs. */
export function sendVector(
  services: ListServices,
  mailbox: Sending,
  o: { readonly list: Pick<OpenList, 'of'>; readonly to: MailAddress; readonly isAnswer?: true },
): void {
  const have = mailbox.lists.onShelf(o.list.of.list, haveVector);
  send(services, mailbox, { ...o, batch: [], have });
}

function send(
  services: ListServices,
  mailbox: Sending,
  o: {
    readonly list: Pick<OpenList, 'of'>;
    readonly to: MailAddress;
    readonly batch: readonly Entry[];
    readonly have?: HaveRow[];
    readonly isAnswer?: true;
  },
): void {
  const crypto = listCrypto(services);
  const { to, have, isAnswer, list } = o;
  const entries = o.batch.map((entry) => toWire(crypto, entry));
  const control = { kind: 'list.batch' as const, list: list.of.list, entries, ...present({ have, isAnswer }) };
  sendControl(services, mailbox, { to, control, lifetimeMs: LIST_MAIL_LIFETIME_MS });
}
