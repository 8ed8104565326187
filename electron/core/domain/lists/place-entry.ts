import {
  MAX_BRANCH_ENTRIES,
  MAX_ENTRY_AHEAD_MS,
  MAX_ENTRY_BEHIND_MS,
  MAX_LOGS_OF_AUTHOR,
  MAX_MEMBER_CHANGE_BYTES,
  MAX_MEMBER_CHANGES_PER_DAY,
} from './list-limits';
import { isSteward, type ListState } from './list-state';
import { DAY_MS } from '../time';
import { NO_ENTRY, type Entry, type LogKey } from './entry';
import type { EntryShelf, LogHead } from './entry-shelf';

export type Placing =
  /** It is the next of its log. */
  | { readonly place: 'next'; readonly head: LogHead }
  /** Another one has its number: the log forks, or has forked before. */
  | { readonly place: 'branch'; readonly head: LogHead }
  /** Known; nothing to do. */
  | { readonly place: 'known' }
  /** What comes before it is missing, or is another one than ours: whoever sent it is asked. */
  | { readonly place: 'gap' }
  | { readonly place: 'refused'; readonly why: Refused };

type Refused = 'ahead' | 'too-old' | 'too-large' | 'back-in-time' | 'quota' | 'after-fork' | 'too-many';
type Standing = Pick<ListState, 'members' | 'policy' | 'since'>;

/**
 * Where an entry stands in the log of its author as we have it. The quota is counted by the author's own dates, which
 * never go back within a log: so every member comes to the same verdict whenever the entry reaches them.
 */
export function placeEntry(
  shelf: Pick<EntryShelf, 'logs' | 'log' | 'at' | 'has' | 'entries'>,
  o: { readonly entry: Entry; readonly state: Standing; readonly now: number },
): Placing {
  const { entry } = o;
  if (shelf.has(entry.id)) return { place: 'known' };
  const why = faultOf(o);
  if (why) return { place: 'refused', why };
  const head = shelf.log(entry) ?? firstHead(shelf, entry);
  if (!head) return { place: 'refused', why: 'too-many' };
  if (isBehindFork(head, entry)) return afterFork(shelf, entry, head);
  if (entry.number < head.next) return { place: 'branch', head: { ...head, forkedAt: entry.number } };
  if (entry.number > head.next || entry.previous !== head.head) return { place: 'gap' };
  return continued(head, o);
}

/** What is wrong with it wherever it stands. */
function faultOf({ entry, state, now }: { entry: Entry; state: Standing; now: number }): Refused | undefined {
  if (entry.at > now + MAX_ENTRY_AHEAD_MS) return 'ahead';
  if (entry.at < (state.since.get(entry.author) ?? 0) - MAX_ENTRY_BEHIND_MS) return 'too-old';
  return isMembersChange(state, entry) && entry.length > MAX_MEMBER_CHANGE_BYTES ? 'too-large' : undefined;
}

/** Something in the ledger by somebody who decides nothing. */
const isMembersChange = (state: Standing, { lane, author }: Entry): boolean =>
  lane === 'ledger' && !isSteward(state, author);

/** Of posts one fork is evidence enough: a fork at each number before it would be posts beyond the quota. */
const isBehindFork = ({ forkedAt }: LogHead, { lane, number }: Entry): boolean =>
  forkedAt !== undefined && (lane === 'posts' || number >= forkedAt);

/** A log without entries; undefined when its author has too many. */
function firstHead(shelf: Pick<EntryShelf, 'logs'>, { author, install, lane }: LogKey): LogHead | undefined {
  const others = shelf.logs().filter((log) => log.author === author && log.lane === lane);
  if (others.length >= MAX_LOGS_OF_AUTHOR) return undefined;
  return { author, install, lane, next: 0, head: NO_ENTRY, lastAt: 0, day: 0, posts: 0, octets: 0 };
}

/** Posts end at a fork. Of the ledger every branch counts, since a vote counts whatever branch it stands in. */
function afterFork(shelf: Pick<EntryShelf, 'has' | 'entries'>, entry: Entry, head: LogHead): Placing {
  if (entry.lane === 'posts') return { place: 'refused', why: 'after-fork' };
  const branches = shelf.entries({ ...keyOf(entry), from: head.forkedAt ?? 0, limit: MAX_BRANCH_ENTRIES });
  if (branches.length >= MAX_BRANCH_ENTRIES) return { place: 'refused', why: 'too-many' };
  if (entry.number > 0 && !shelf.has(entry.previous)) return { place: 'gap' };
  return { place: 'branch', head };
}

function continued(head: LogHead, { entry, state }: { entry: Entry; state: Standing }): Placing {
  if (entry.at < head.lastAt) return { place: 'refused', why: 'back-in-time' };
  const next = headAfter(head, entry);
  return isOver(next, entry, state) ? { place: 'refused', why: 'quota' } : { place: 'next', head: next };
}

function isOver({ posts, octets }: LogHead, entry: Entry, state: Standing): boolean {
  const { postsPerDay, octetsPerDay } = state.policy;
  if (entry.lane === 'posts') return posts > postsPerDay || octets > octetsPerDay;
  return isMembersChange(state, entry) && posts > MAX_MEMBER_CHANGES_PER_DAY;
}

/** The head of a log with one more entry. */
export function headAfter(head: LogHead, entry: Pick<Entry, 'id' | 'at' | 'length' | 'number'>): LogHead {
  const day = Math.floor(entry.at / DAY_MS);
  const isSameDay = day === head.day;
  return {
    ...head,
    next: entry.number + 1,
    head: entry.id,
    lastAt: entry.at,
    day,
    posts: (isSameDay ? head.posts : 0) + 1,
    octets: (isSameDay ? head.octets : 0) + entry.length,
  };
}

export const keyOf = ({ author, install, lane }: LogKey): LogKey => ({ author, install, lane });
