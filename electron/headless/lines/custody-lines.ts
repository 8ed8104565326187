import type {
  HistoryEntry,
  HolderFaults,
  CustodyOverview,
  MailClient,
  MailHolder,
  MissingMail,
} from '../../../shared/custody';
import type { ContactId } from '../../../shared/ids';
import { plainLine } from '../../../shared/text/plain-line';
import { timeText } from './show-lines';

const MB = 1024 * 1024;

/** The user's own name for a contact, or else the address; undefined for an id that is no contact. */
export type NameOf = (contactId: ContactId | undefined) => string | undefined;

/** Holders and clients of an identity, and mail that has not arrived, in lines for a person. */
export function custodyLines({ holders, clients, missing }: CustodyOverview, nameOf: NameOf): string[] {
  return [
    holders.length === 0
      ? 'Nobody keeps mail for you. While you are away, senders have to wait.'
      : 'They keep mail for you:',
    ...holders.map((each) => `  ${holderLine(each, nameOf)}`),
    clients.length === 0 ? 'You keep mail for nobody.' : 'You keep mail for them:',
    ...clients.map((each) => `  ${clientLine(each, nameOf)}`),
    ...(missing.length === 0 ? [] : ['Missing:']),
    ...missing.map((each) => `  ${missingLine(each, nameOf)}`),
  ];
}

/** A holder that keeps mail for us, or was asked to. */
export function holderLine(holder: MailHolder, nameOf: NameOf): string {
  const { reachedAt, faults, handedOver, tokensDue } = holder;
  return joined([
    ...commonParts(holder, nameOf),
    tokensDue ? 'our list of tokens is on its way there' : '',
    handedOver === 0 ? '' : `handed over ${String(handedOver)}`,
    reachedAt === undefined ? '' : `reached ${timeText(reachedAt)}`,
    ...faultParts(faults),
  ]);
}

/** A client for which we keep mail, or that asks for it. */
export function clientLine(client: MailClient, nameOf: NameOf): string {
  const { heldMessages, heldBytes, oldestAt, handedOver } = client;
  const kept = heldMessages === 0 ? 'keeps nothing now' : `keeps ${messages(heldMessages)}, ${sizeText(heldBytes)}`;
  return joined([
    ...commonParts(client, nameOf),
    kept,
    oldestAt === undefined ? '' : `since ${timeText(oldestAt)}`,
    handedOver === 0 ? '' : `handed over ${String(handedOver)}`,
  ]);
}

/** What an identity's clients lose with it, and how to avoid that; undefined when it keeps no mail for others. */
export function relyingText(clients: readonly MailClient[], nameOf: NameOf): string | undefined {
  const relying = clients.filter(({ state, heldMessages }) => state === 'active' || heldMessages > 0);
  if (relying.length === 0) return undefined;
  const names = relying.map(({ contactId, address }) => plainLine(nameOf(contactId) ?? address)).join(', ');
  const sum = (count: (client: MailClient) => number): number =>
    relying.reduce((total, each) => total + count(each), 0);
  const kept = sum(({ heldMessages }) => heldMessages);
  const lost =
    kept === 0
      ? `You keep mail for ${names}, who would not be told.`
      : `You keep ${messages(kept)} (${sizeText(sum(({ heldBytes }) => heldBytes))}) for ${names}, lost with this identity.`;
  return `${lost} End that first (posthorn hold end ADDRESS), and wait until everything is handed over (posthorn hold).`;
}

function commonParts(
  { address, contactId, state, terms, until, endedBy }: MailHolder | MailClient,
  nameOf: NameOf,
): string[] {
  const name = nameOf(contactId);
  return [
    address,
    name === undefined || name === address ? '' : plainLine(name),
    endedBy === undefined ? state : `${state} (by ${endedBy})`,
    `${String(Math.round(terms.quotaBytes / MB))} MB, ${String(terms.days)} days`,
    until === undefined ? '' : `until ${timeText(until)}`,
  ];
}

function faultParts({ missing, replayed, expired }: HolderFaults): string[] {
  return [
    missing === 0 ? '' : `NOT HANDED OVER: ${String(missing)}`,
    replayed === 0 ? '' : `handed over again: ${String(replayed)}`,
    expired === 0 ? '' : `let run out: ${String(expired)}`,
  ];
}

function missingLine({ contactId, count, holder, holderContactId, since }: MissingMail, nameOf: NameOf): string {
  const by = holder === undefined ? '' : `, kept by ${holderName({ holder, holderContactId }, nameOf)}`;
  return `${messages(count)} from ${plainLine(nameOf(contactId) ?? contactId)}${by} since ${timeText(since)}`;
}

function messages(count: number): string {
  return count === 1 ? '1 message' : `${String(count)} messages`;
}

/** In kB or MB, for a person. */
export function sizeText(bytes: number): string {
  return bytes < MB ? `${String(Math.ceil(bytes / 1024))} kB` : `${(bytes / MB).toFixed(1)} MB`;
}

type Holder = { readonly holder?: string | undefined; readonly holderContactId?: ContactId | undefined };

function holderName({ holder, holderContactId }: Holder, nameOf: NameOf): string {
  return plainLine(nameOf(holderContactId) ?? holder ?? 'a holder');
}

type Saying = (entry: HistoryEntry, holder: string) => string;

const sayings: Readonly<Record<HistoryEntry['kind'], Saying>> = {
  queued: () => 'in the outbox',
  tried: ({ times = 1 }) => (times === 1 ? 'tried' : `tried ${String(times)} times`),
  held: ({ until }, holder) =>
    `left with ${holder}${until === undefined ? '' : `, who keeps it until ${timeText(until)}`}`,
  'holder-refused': (_, holder) => `${holder} could not keep it`,
  accepted: () => 'their machine took it',
  delivered: () => 'delivered: they confirmed that they have it',
  missing: (_, holder) => `missing: ${holder} did not hand it over; it is sent again`,
  failed: () => 'not delivered',
  cancelled: () => 'cancelled',
  read: () => 'read',
};

/** One line of a message's history. */
export function historyLine(entry: HistoryEntry, nameOf: NameOf): string {
  const { at, recipient, kind, reason } = entry;
  const why = reason === undefined || reason === 'none' ? '' : `(${plainLine(reason)})`;
  return joined([timeText(at), recipient, sayings[kind](entry, holderName(entry, nameOf)), why]);
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('  ');
}
