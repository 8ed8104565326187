import { DAY_MS, MINUTE_MS } from '../time';

/** Every limit of the gateway to ordinary e-mail, and the attack or accident that each one stops. */

const MIB = 1024 * 1024;

/** Octets of one message from outside; what leaves is bounded by what a letter may have. */
export const MAX_OUTSIDE_OCTETS = 35 * MIB;

/** Connections of the mail server at once: each may bring a message of that size into the memory. */
export const MAX_LMTP_CONNECTIONS = 4;

/** Milliseconds that the mail server may be silent (RFC 5321 4.5.3.2 asks for five minutes at least). */
export const LMTP_IDLE_MS = 5 * MINUTE_MS;

/** Milliseconds that the mail server has to end a connection when the gateway closes: it may keep idle ones open. */
export const LMTP_CLOSE_MS = 2_000;

/** Milliseconds that handing over one message may take: a mail server that hangs would hold up all others. */
export const HAND_OVER_MS = 10 * MINUTE_MS;

/** Recipients of one message from outside: each is a letter of its own. */
export const MAX_ALIASES_OF_MESSAGE = 50;

/** Outside recipients of one letter: a participant whose machine was taken over, and who sends to thousands. */
export const MAX_OUTSIDE_RECIPIENTS = 20;

/** Participants of one gateway, and aliases that one of them has had: a list that nobody can read any more. */
export const MAX_PARTICIPANTS = 1_000;
export const MAX_ALIASES_OF_PARTICIPANT = 100;

/** Letters from outside that wait for one participant: who is away, or is flooded, must not fill the disk. */
export const MAX_WAITING_FOR_PARTICIPANT = 500;

/** Received fields: more means that mail runs in a circle (RFC 5321 6.3 asks for a large limit). */
export const MAX_RECEIVED_FIELDS = 50;

/** How long a letter waits for a mail server that is not there, or says «later». */
export const LEAVING_LIFETIME_MS = 3 * DAY_MS;

/** Milliseconds until the next try, by the number of tries; the last one stays. */
export const LEAVING_WAITS_MS = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, 60 * MINUTE_MS] as const;
