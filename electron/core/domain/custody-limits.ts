import { DAY_MS } from './time';

/**
 * Every limit of keeping mail for each other and of private onions, and the attack or accident each one stops. Octets
 * unless a name says otherwise.
 */

const MIB = 1024 * 1024;

/** Holders of one identity, and contacts one identity holds for: each costs tokens, dials, and disk. */
export const MAX_HOLDERS = 8;
export const MAX_CLIENTS = 100;

/** Agreements with one client that a holder keeps, those that are over included: a contact who asks without end. */
export const MAX_AGREEMENTS_PER_CLIENT = 8;

/** Copies of one message left with holders: two receipts, so that one liar or one broken disk does not lose it. */
export const WANTED_RECEIPTS = 2;

/** Milliseconds a direct try may go without an answer from tor before copies are left with holders beside it. */
export const HOLDER_PATIENCE_MS = 12_000;

/**
 * Shares of the disk: of what is free, for one held message, and of what would be free without them, for all that one
 * identity holds, whatever was agreed. Mail for others that fills the disk, after which our own would be refused.
 */
export const HELD_SHARE_OF_DISK = 1 / 10;
export const ALL_HELD_SHARE_OF_DISK = 1 / 4;

/** A held message larger than this is kept for the days of large mail. */
export const LARGE_HELD_BYTES = 5 * MIB;

/**
 * Messages one contact may leave with one holder while the recipient is away: a contact who fills the quota for all
 * others.
 */
export const TOKENS_PER_CONTACT = 32;

/** Token hashes one agreement keeps; 16 octets each. Stops a client from filling its holder's disk with tokens. */
export const MAX_TOKENS = 65_536;

/** Tokens are padded to a multiple of this, so that their number tells little of how many contacts somebody has. */
export const TOKEN_LIST_STEP = 512;

/**
 * The content of one envelope, padding and all: in armor it still passes MAX_MESSAGE_BYTES with a holder's mark on top.
 * A message whose final bytes do not fit (attachments of about 20 MiB together do) is not left with holders.
 */
export const MAX_ENVELOPE_BYTES = 39 * MIB;

/** Unconfirmed messages that an envelope tells of: a list without end. */
export const MAX_OUTSTANDING = 20;

/** An agreement lasts so long, and is renewed so long before its end. */
export const AGREEMENT_LIFETIME_MS = 180 * DAY_MS;
export const AGREEMENT_RENEWAL_MS = 30 * DAY_MS;

/** The longest that mail is held by any agreement: the most days of `HoldTerms`. */
export const MAX_HELD_MS = 60 * DAY_MS;

/**
 * Milliseconds until the next ETRN for the same client is followed: a storm of ETRN that makes a holder dial without
 * end.
 */
export const QUEUE_RUN_PAUSE_MS = 30_000;

/**
 * Clients that one identity hands over to at once, each once whatever agreements there are: clients that take
 * connections and say nothing for an hour would stop all mail.
 */
export const MAX_PARALLEL_HAND_OVERS = 4;

/** ETRN commands on one connection: a client that has more to ask for connects again. */
export const MAX_QUEUE_RUNS_PER_CONNECTION = 10;

/**
 * Milliseconds between two ETRN to each holder, besides those when we come online: a holder that comes online later
 * hands over by itself.
 */
export const COLLECT_EVERY_MS = 2 * 60 * 60_000;

/**
 * Milliseconds after the last message from holders until a message that did not come counts as missing: holders hand
 * over at different speeds.
 */
export const MISSING_GRACE_MS = 5 * 60_000;

/**
 * Milliseconds until a holder that refused is tried again, at first (its list of tokens may be on the way) and at most,
 * and one that did not hand over what it signed for.
 */
export const FIRST_HOLDER_REST_MS = 60_000;
export const HOLDER_REST_MS = 20 * 60_000;
export const LIAR_REST_MS = DAY_MS;

/**
 * The least running time, in milliseconds, for which a message is tried, or kept, whatever the clock says: a clock that
 * jumps ahead.
 */
export const LEAST_TRIED_MS = DAY_MS;
export const LEAST_KEPT_MS = DAY_MS;

/**
 * Contacts that one onion with client authorisation carries. Measured on tor 0.4.9.11: up to 368 keys make a descriptor
 * of 41,189 octets, all directories take it, and the first and the last client connect; with 384 it has 54,735, more
 * than the 50,000 tor allows, and nothing is published. The rest is room for more introduction points, and for one key
 * of our own.
 */
export const MAX_CLIENTS_PER_ONION = 300;

/**
 * Milliseconds for which the message with our private onion is tried. A contact has no other way to us, so one who is
 * away for longer never reaches us again.
 */
export const PRIVATE_ONION_LIFETIME_MS = 365 * DAY_MS;
