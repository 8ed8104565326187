import type { MailAddress, MessageId } from '../../../shared/ids';
import {
  INTRODUCED_SHARE_OF_DISK,
  MAX_INTRODUCED,
  MAX_INTRODUCED_BYTES,
  MAX_REQUESTS,
  MAX_REQUESTS_BYTES,
  REQUESTS_SHARE_OF_DISK,
} from './limits';

/** A message among the requests. `sender`: its mailbox, without a tag. */
export type KeptRequest = {
  readonly id: MessageId;
  readonly sender: MailAddress;
  /** What it costs on the disk. */
  readonly octets: number;
  readonly isRead: boolean;
};

/** Octets for a page and the rows of one message. */
const ROWS_OCTETS = 8 * 1024;
/** A text lies in its table and in the index, and each of its words in the index once more, with its place. */
const COPIES_OF_TEXT = 5;

/** Octets, in memory or in the store already. */
type Measured = { readonly length: number };

/** What a message costs on the disk, at most: sealed copy, text, words that are searched, attachments, and
 * what other programs see of it. */
export function diskOctets(o: {
  readonly raw: Measured;
  readonly text: string;
  readonly html?: string | undefined;
  readonly attachments: readonly { readonly content: Measured }[];
  readonly served?: { readonly literals: Measured } | undefined;
}): number {
  const files = o.attachments.reduce((sum, { content }) => sum + content.length, 0);
  // What is made later from the text is about as long as the text.
  const served = o.served?.literals.length ?? octetsOf(o.text);
  return rowsOctets({ text: octetsOf(o.text), others: o.raw.length + octetsOf(o.html ?? '') + files + served });
}

/** The same by octets: of its text, and of all else that is kept of it. */
export function rowsOctets({ text, others }: { readonly text: number; readonly others: number }): number {
  return ROWS_OCTETS + COPIES_OF_TEXT * text + others;
}

/** Octets for all requests together, read or not; `free`: of the disk, without what they take now. */
export function requestsBudget(free: number): number {
  return Math.min(MAX_REQUESTS_BYTES, Math.floor(free * REQUESTS_SHARE_OF_DISK));
}

type Taken = { readonly count: number; readonly octets: number };

/**
 * Whether there is room in the inbox for mail of somebody who was introduced and is no contact yet. Nothing gives way
 * there, so one of them gets no more than half of what the others leave. `free`: of the disk.
 */
export function hasRoomForIntroduced(o: {
  readonly own: Taken;
  readonly others: Taken;
  readonly octets: number;
  readonly free: number;
}): boolean {
  const budget = Math.min(MAX_INTRODUCED_BYTES, (o.free + o.own.octets + o.others.octets) * INTRODUCED_SHARE_OF_DISK);
  return (
    2 * (o.own.octets + o.octets) <= budget - o.others.octets &&
    2 * (o.own.count + 1) <= MAX_INTRODUCED - o.others.count
  );
}

/**
 * Which requests give way to a new one: while there is no room, the oldest unread of the stranger who takes most of
 * what is short, and more of it than the newcomer would: of places when their number is reached, of octets otherwise.
 * By octets alone, a flood of small letters would push out the one long letter of somebody else. Undefined: there is no
 * room for it. What was over the budget before, as on a disk that has filled up, stays. `kept`: oldest first.
 */
export function makeRoomForRequest(o: {
  readonly kept: readonly KeptRequest[];
  readonly sender: MailAddress;
  readonly octets: number;
  readonly budget: number;
}): MessageId[] | undefined {
  const left = new Set(o.kept);
  const limit = Math.max(o.budget, sumOf(o.kept));
  const dropped: MessageId[] = [];
  for (;;) {
    const short = shortage(left, { ...o, limit });
    if (!short) return dropped;
    const leaving = chooseLeaving(left, { sender: o.sender, octets: o.octets, amountOf: AMOUNTS[short] });
    if (!leaving) return undefined;
    left.delete(leaving);
    dropped.push(leaving.id);
  }
}

type Amount = (request: Pick<KeptRequest, 'octets'>) => number;

/** What one message takes of each thing that can be short. */
const AMOUNTS = { places: () => 1, octets: ({ octets }) => octets } satisfies Record<string, Amount>;

function shortage(
  kept: ReadonlySet<KeptRequest>,
  { octets, limit }: { readonly octets: number; readonly limit: number },
): keyof typeof AMOUNTS | undefined {
  if (kept.size >= MAX_REQUESTS) return 'places';
  return sumOf(kept) + octets > limit ? 'octets' : undefined;
}

function chooseLeaving(
  kept: Iterable<KeptRequest>,
  newcomer: { readonly sender: MailAddress; readonly octets: number; readonly amountOf: Amount },
): KeptRequest | undefined {
  const { amountOf } = newcomer;
  const totals = new Map<MailAddress, number>();
  const unread = new Map<MailAddress, KeptRequest>();
  for (const each of kept) {
    totals.set(each.sender, (totals.get(each.sender) ?? 0) + amountOf(each));
    if (!each.isRead && !unread.has(each.sender)) unread.set(each.sender, each);
  }
  const most = (totals.get(newcomer.sender) ?? 0) + amountOf(newcomer);
  const chosen = [...unread.values()].reduce<{ amount: number; request?: KeptRequest }>(
    (best, request) => {
      const amount = totals.get(request.sender) ?? 0;
      return request.sender !== newcomer.sender && amount > best.amount ? { amount, request } : best;
    },
    { amount: most },
  );
  return chosen.request;
}

function sumOf(requests: Iterable<KeptRequest>): number {
  let sum = 0;
  for (const { octets } of requests) sum += octets;
  return sum;
}

/** In UTF-8, at most. */
function octetsOf(text: string): number {
  let octets = text.length;
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x7f) octets += 2;
  return octets;
}
