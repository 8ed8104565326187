import type { MailAddress, MessageId } from '../../../shared/ids';
import { MAX_REQUESTS, MAX_REQUESTS_BYTES, REQUESTS_SHARE_OF_DISK } from './limits';

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

/** What a message costs on the disk, at most: sealed copy, text, words that are searched, attachments. */
export function diskOctets(o: {
  readonly raw: Measured;
  readonly text: string;
  readonly html?: string | undefined;
  readonly attachments: readonly { readonly content: Measured }[];
}): number {
  const files = o.attachments.reduce((sum, { content }) => sum + content.length, 0);
  return ROWS_OCTETS + o.raw.length + COPIES_OF_TEXT * octetsOf(o.text) + octetsOf(o.html ?? '') + files;
}

/** Octets for all requests together, read or not; `free`: of the disk, without what they take now. */
export function requestsBudget(free: number): number {
  return Math.min(MAX_REQUESTS_BYTES, Math.floor(free * REQUESTS_SHARE_OF_DISK));
}

/**
 * Which requests give way to a new one: while there is no room, the oldest unread of the stranger with most octets, who
 * must have more than the newcomer would. Undefined: there is no room for it. What was over the budget before, as on a
 * disk that has filled up, stays. `kept`: oldest first.
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
  while (left.size >= MAX_REQUESTS || sumOf(left) + o.octets > limit) {
    const leaving = chooseLeaving(left, o);
    if (!leaving) return undefined;
    left.delete(leaving);
    dropped.push(leaving.id);
  }
  return dropped;
}

function chooseLeaving(
  kept: Iterable<KeptRequest>,
  newcomer: { readonly sender: MailAddress; readonly octets: number },
): KeptRequest | undefined {
  const totals = new Map<MailAddress, number>();
  const unread = new Map<MailAddress, KeptRequest>();
  for (const each of kept) {
    totals.set(each.sender, (totals.get(each.sender) ?? 0) + each.octets);
    if (!each.isRead && !unread.has(each.sender)) unread.set(each.sender, each);
  }
  const most = (totals.get(newcomer.sender) ?? 0) + newcomer.octets;
  const chosen = [...unread.values()].reduce<{ octets: number; request?: KeptRequest }>(
    (best, request) => {
      const octets = totals.get(request.sender) ?? 0;
      return request.sender !== newcomer.sender && octets > best.octets ? { octets, request } : best;
    },
    { octets: most },
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
