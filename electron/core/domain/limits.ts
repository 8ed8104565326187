/**
 * Every limit of Posthorn and the attack or accident each one stops. Octets unless a name says otherwise.
 */

const KIB = 1024;
const MIB = 1024 * KIB;

/** Attachments of one message; the user's own limit, so that mail fits through a slow onion circuit in minutes. */
export const MAX_ATTACHMENT_BYTES = 25 * MIB;

/** RFC 1870 SIZE: 25 MiB in base64 twice (MIME, armor) with room for text. Stops a peer from filling memory or disk. */
export const MAX_MESSAGE_BYTES = 54 * MIB;

/** Of all messages being received at once: many connections that each stay under the message limit. */
export const MAX_RECEIVING_BYTES = 220 * MIB;

/** Literal data after decryption and decompression: a compression bomb in a small message. */
export const MAX_DECRYPTED_BYTES = 48 * MIB;

/** RFC 5321 4.5.3.1.6 says 998 + CRLF for text; over-long lines are used to smuggle and to exhaust parsers. */
export const MAX_LINE_BYTES = 998;

/** Header section of one entity: headers without end. */
export const MAX_HEADER_BYTES = 64 * KIB;

/** MIME parts of one message: 5,000-part messages that take minutes to show. */
export const MAX_MIME_PARTS = 500;

/** Nesting of multiparts: recursion until the stack ends. */
export const MAX_MIME_DEPTH = 20;

/** Addresses in To, Cc and Bcc of one received message. */
export const MAX_HEADER_ADDRESSES = 500;

/** Message-IDs kept of References: threads that grow without end. */
export const MAX_REFERENCES = 100;

/** Recipients of one SMTP transaction; an onion serves one mailbox. Stops 10,000 RCPTs. */
export const MAX_RCPT_PER_TRANSACTION = 10;

/** Bad or refused commands after which an SMTP connection is closed. */
export const MAX_SMTP_ERRORS = 10;

/** SMTP connections open at once to one listener. */
export const MAX_SMTP_CONNECTIONS = 64;

/** Milliseconds of silence on an SMTP connection: half-open and slow-loris connections (RFC 5321 asks for minutes). */
export const SMTP_IDLE_TIMEOUT_MS = 3 * 60_000;

/** Milliseconds a whole SMTP connection may last: a byte a minute for ever. 54 MiB at 20 kB/s fits. */
export const SMTP_CONNECTION_TIMEOUT_MS = 50 * 60_000;

/** One key block from a peer; a key flooded with certifications. */
export const MAX_KEY_BLOCK_BYTES = 256 * KIB;

/** An HTTP request to our HKP port, and its answer when we ask. */
export const MAX_HKP_REQUEST_BYTES = 4 * KIB;
export const HKP_TIMEOUT_MS = 90_000;
export const MAX_HKP_CONNECTIONS = 32;

/** Milliseconds for one SOCKS connect to an onion; tor itself would wait 120 s. */
export const DIAL_TIMEOUT_MS = 75_000;

/** Deliveries under way at once in one identity, and in one profile: a storm of circuits after a long sleep. */
export const MAX_PARALLEL_DELIVERIES = 4;
export const MAX_PARALLEL_DELIVERIES_IN_PROFILE = 8;

/** Milliseconds until a delivery is given up and its sender told (RFC 5321 4.5.4.1 asks for 4 to 5 days at least). */
export const DELIVERY_LIFETIME_MS = 14 * 24 * 60 * 60_000;

/** Requests kept from one stranger, and from all: a flood of first mail. */
export const MAX_REQUESTS_PER_SENDER = 20;
export const MAX_REQUESTS = 2_000;

/** Recipients of one message written here. */
export const MAX_RECIPIENTS = 100;

/** Identities of one profile; each costs circuits and a listener. */
export const MAX_IDENTITIES = 50;

/** Attachments of one draft. */
export const MAX_ATTACHMENTS = 100;

/** Milliseconds our clock may be behind a peer's before their dates count as «in the future». */
export const MAX_CLOCK_SKEW_MS = 26 * 60 * 60_000;

/** RPC: calls under way of one client, one JSON line, and unsent octets before a client that does not read is dropped. */
export const MAX_CALLS_IN_FLIGHT = 256;
export const MAX_RPC_LINE_BYTES = 80 * MIB;
