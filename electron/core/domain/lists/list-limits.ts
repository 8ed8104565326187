import { DAY_MS, MINUTE_MS } from '../time';

/** Limits of mailing lists, and the attack or accident each one stops. Octets unless a name says otherwise. */

const KIB = 1024;

/** One post, with its files: it travels in one control message, in base64. */
export const MAX_LIST_POST_BYTES = 1_000 * KIB;

/** One change or block: everybody keeps all of them for ever. */
export const MAX_BLOCK_BYTES = 256 * KIB;

/** Bodies of one batch: it fits into a control message in base64. */
export const MAX_BATCH_BYTES = 1_000 * KIB;

/** Entries of one batch: ten thousand empty ones, each of which costs a signature to check. */
export const MAX_BATCH_ENTRIES = 200;

/** Batches that answer one vector. The next vector asks for the rest. */
export const MAX_ANSWER_BATCHES = 8;

/** Rows of a vector: a hundred thousand made-up logs. Sixteen logs for each of 1,000 members would be more than it. */
export const MAX_HAVE_ROWS = 5_000;

/** Logs of one member: each has a quota of its own, so that installations without end would be posts without end. */
export const MAX_LOGS_OF_AUTHOR = 16;

/**
 * Octets of a change of somebody who is no steward, and changes of one log in a day: they may leave, which takes two
 * KiB. What they say in the ledger has no quota of posts, and everybody keeps it for ever.
 */
export const MAX_MEMBER_CHANGE_BYTES = 8 * KIB;
export const MAX_MEMBER_CHANGES_PER_DAY = 32;

/** Installations of ours that a member's mere word may end: each of them uses up one of our logs. */
export const MAX_INSTALLS_BY_WORD = MAX_LOGS_OF_AUTHOR / 2;

/** Entries that are kept of a log of the ledger lane from the number on at which it forks. */
export const MAX_BRANCH_ENTRIES = 64;

/** Octets that a member may fetch of a list in a day: one who asks for everything every minute. */
export const MAX_FETCHED_PER_DAY = 100 * KIB * KIB;

/** What an answer counts at least, so that vectors that fetch nothing are not free. */
export const MIN_ANSWER_BYTES = KIB;

/** Milliseconds an author's clock may be ahead of ours: a post dated to the year 2099 would close its own log. */
export const MAX_ENTRY_AHEAD_MS = DAY_MS;

/** Milliseconds an entry may be dated before its author became a member: each day since 1970 has a quota of its own. */
export const MAX_ENTRY_BEHIND_MS = DAY_MS;

/** Members of a list, and members that a post is pushed to at once; in larger lists to a few. */
export const MAX_LIST_MEMBERS = 100;
export const PUSH_ALL = 64;
export const PUSH_FEW = 6;

/** Vectors on coming online, and milliseconds between later ones. */
export const FIRST_PARTNERS = 3;
export const REPAIR_MS = 30 * MINUTE_MS;

/** Milliseconds between two questions to one member whose entries do not fit: one who sends entries without end. */
export const ASK_LEASE_MS = 10 * MINUTE_MS;

/** Milliseconds an invitation is good for. */
export const INVITATION_LIFETIME_MS = 30 * DAY_MS;

/** Of invitations of contacts that wait for an answer: a contact who invites to a thousand lists. */
export const MAX_OPEN_INVITATIONS = 100;

/** Lists of one identity. */
export const MAX_LISTS = 100;

/** The first octets of a list: everybody who is invited gets them. */
export const MAX_GENESIS_BYTES = 4 * KIB;

/** Milliseconds until a batch for somebody who is away is given up: they ask for what they lack. */
export const LIST_MAIL_LIFETIME_MS = 5 * DAY_MS;

/** Posts that are read from the disk at once to be filed. */
export const POSTS_AT_ONCE = 4;

/** What a new list begins with: quotas stop a member who fills the disks of all others. */
export const DEFAULT_LIST_POLICY = { posting: 'anybody', postsPerDay: 100, octetsPerDay: 50_000_000 } as const;
