import { DAY_MS } from './time';

/**
 * Every limit of Posthorn and the attack or accident each one stops; those of keeping mail for each other are in
 * `custody-limits.ts`, of keys and signatures in `key-limits.ts`, of reading what peers wrote in `reading-limits.ts`.
 * Octets unless a name says otherwise.
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

/**
 * How much larger than its sealed form a message may become by decompression, and what is allowed to any: 5 kB that
 * hold 48 MiB. Text rarely shrinks to a tenth.
 */
export const MAX_COMPRESSION_RATIO = 20;
export const MIN_DECOMPRESSION_BYTES = MIB;

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

/** Of one Message-ID, with its brackets: an id as long as a header section, kept with every answer. */
export const MAX_MESSAGE_ID_CHARACTERS = 400;

/** Message-IDs kept of References: threads that grow without end. */
export const MAX_REFERENCES = 100;

/** Ancestors beside the root by which a message finds its conversation: a letter that names a thousand. */
export const NEAREST_ANCESTORS = 9;

/**
 * Messages of one writer that name one Message-ID and are looked at for a new one, and of all writers together: a root
 * that thousands name. Of each writer, or the letters of one would hide a conversation from everybody else's.
 */
export const MAX_NAMESAKES = 100;
export const MAX_NAMESAKES_IN_ALL = 1_000;

/** Addresses that one person has moved to one after the other and is known by. */
export const MAX_MOVES_OF_ONE = 20;

/** Recipients of one SMTP transaction; an onion serves one mailbox. Stops 10,000 RCPTs. */
export const MAX_RCPT_PER_TRANSACTION = 10;

/** Bad or refused commands after which an SMTP connection is closed. */
export const MAX_SMTP_ERRORS = 10;

/** SMTP connections of people we expect, open at once to one listener. */
export const MAX_SMTP_CONNECTIONS = 64;

/**
 * And of peers that have not named themselves yet, contacts too: a flood of connections. Each costs some 20 kB, and
 * there must be more of them than a flood opens while a contact takes two round trips through Tor to say MAIL FROM.
 */
export const MAX_SMTP_NEWCOMERS = 1_024;

/** Milliseconds of silence on an SMTP connection: half-open and slow-loris connections (RFC 5321 asks for minutes). */
export const SMTP_IDLE_TIMEOUT_MS = 3 * 60_000;

/** Milliseconds a whole SMTP connection may last: a byte a minute for ever. 54 MiB at 20 kB/s fits. */
export const SMTP_CONNECTION_TIMEOUT_MS = 50 * 60_000;

/**
 * When all connections are taken, a new one takes the place of the slowest that is older than this and has sent less
 * than this on average: 64 peers that send an octet a minute would otherwise block a mailbox for 50 minutes.
 */
export const SMTP_SLOW_AFTER_MS = 60_000;
export const SMTP_SLOW_BYTES_PER_SECOND = KIB;

/** An HTTP request to our HKP port, and its answer when we ask. */
export const MAX_HKP_REQUEST_BYTES = 4 * KIB;
export const HKP_TIMEOUT_MS = 90_000;
export const MAX_HKP_CONNECTIONS = 32;

/** Milliseconds for one SOCKS connect to an onion; tor itself would wait 120 s. */
export const DIAL_TIMEOUT_MS = 75_000;

/** Deliveries under way at once in one identity, and in one profile: a storm of circuits after a long sleep. */
export const MAX_PARALLEL_DELIVERIES = 4;
export const MAX_PARALLEL_DELIVERIES_IN_PROFILE = 8;

/**
 * Deliveries of one identity under way at once to one onion: a recipient who accepts connections, says nothing, and so
 * stops the mail to others.
 */
export const MAX_PARALLEL_DELIVERIES_TO_ONE = 2;

/** Milliseconds until a delivery is given up and its sender told (RFC 5321 4.5.4.1 asks for 4 to 5 days at least). */
export const DELIVERY_LIFETIME_MS = 14 * DAY_MS;

/** Requests kept from one stranger, and from all, read or not: a flood of first mail. */
export const MAX_REQUESTS_PER_SENDER = 20;
export const MAX_REQUESTS = 2_000;

/**
 * What all requests may cost on the disk, and their share of what is free of it: a hundred throw-away onions that fill
 * the disk, after which contacts would be refused too.
 */
export const MAX_REQUESTS_BYTES = 200 * MIB;
export const REQUESTS_SHARE_OF_DISK = 1 / 10;

/**
 * Mail of introduced people whom one has not answered yet: what one of them may take at most is half of what the others
 * leave. A contact who introduces a hundred throw-away onions would fill the disk, since their mail goes to the inbox.
 */
export const MAX_INTRODUCED = 2_000;
export const MAX_INTRODUCED_BYTES = 500 * MIB;
export const INTRODUCED_SHARE_OF_DISK = 1 / 10;

/** Ids of strangers' mail that are remembered, 20 MB at most: a stranger whose requests are deleted sends for ever. */
export const MAX_SEEN_OF_STRANGERS = 20_000;

/** Recipients of one message written here. */
export const MAX_RECIPIENTS = 100;

/** Identities of one profile; each costs circuits and a listener. */
export const MAX_IDENTITIES = 50;

/** Attachments of one draft. */
export const MAX_ATTACHMENTS = 100;

/** Milliseconds our clock may be behind a peer's before their dates count as «in the future». */
export const MAX_CLOCK_SKEW_MS = 26 * 60 * 60_000;

/**
 * RPC calls one client may have under way: a client in a loop. A window has a handful, a batch of attachments dozens.
 */
export const MAX_CALLS_IN_FLIGHT = 256;

/**
 * One JSON line of a local client: an attachment of 25 MiB as base64 (34 MiB), and a whole message with several of
 * them.
 */
export const MAX_RPC_LINE_BYTES = 96 * MIB;

/**
 * What may wait for a local client that stopped reading, before it is cut off; it connects anew and asks for the
 * present state.
 */
export const MAX_RPC_BACKLOG_BYTES = 64 * MIB;

/** Characters of a subject and of an HTML part that are kept: a list or a page that never ends. */
export const MAX_SUBJECT_CHARACTERS = 2_000;
export const MAX_HTML_CHARACTERS = 4_000_000;

/** A thread longer than this shows its newest part; a peer could otherwise grow one until nothing opens any more. */
export const MAX_THREAD_MESSAGES = 1_000;

/** People whose name has a word that is searched for: a letter alone is in every other name of a large address book. */
export const MAX_PEOPLE_OF_WORD = 500;

/**
 * A content longer than this lies in pieces, and is written, read and deleted one piece a turn: a file of 25 MB at once
 * would hold everything for most of a second.
 */
export const MAX_WHOLE_CONTENT_BYTES = 64 * KIB;
export const CONTENT_PIECE_BYTES = 256 * KIB;
/** Saved searches of one identity: a program that saves without end fills the window's edge. */
export const MAX_SAVED_SEARCHES = 200;

/** Messages that are ranked when the best are asked for, newest first: a word that is in all of 100,000. */
export const MAX_RANKED = 1_000;

/**
 * Up to so many messages a condition counts as rare, and is looked at first: a word of every message, of one flagged.
 */
export const RARE_MESSAGES = 2_000;

/** Found messages that are counted: nobody asks whether it is 30,000 or 31,000. */
export const MAX_COUNTED = 10_000;

/** Characters of a text by which search finds it: a text of 48 MiB would hold everything for minutes. */
export const MAX_INDEXED_CHARACTERS = 100_000;

/**
 * What is indexed of one text, in words where spaces part them and in characters where none do: a letter of 100,000
 * Chinese characters at once would hold everything for half a second.
 */
export const MAX_INDEXED_WORDS = 33_000;

/** A text with more words is indexed after it is stored: whoever sent it, and everybody else, would wait for it. */
export const MAX_WORDS_INDEXED_AT_ONCE = 4_096;

/** Messages, and octets of their texts, that are indexed anew in one step: nothing else runs meanwhile. */
export const INDEX_STEP_ROWS = 25;
export const INDEX_STEP_BYTES = 128 * KIB;

/** Milliseconds for greeting, EHLO and envelope of a peer we send to, together: a banner without end. */
export const SMTP_SETUP_TIMEOUT_MS = 5 * 60_000;

/** Milliseconds for the reply to the final dot (RFC 5321 4.5.3.2.6): the peer decrypts and stores before it. */
export const SMTP_FINAL_REPLY_TIMEOUT_MS = 10 * 60_000;

/** Octets of one reply of a peer; ours are below 100. */
export const MAX_SMTP_REPLY_BYTES = 16 * KIB;

/**
 * A control line of tor's is below 4 kB; more than this is not tor. `circuit-status` with hundreds of onions stays
 * below 2 MB.
 */
export const MAX_CONTROL_LINE_CHARACTERS = 64 * KIB;
export const MAX_CONTROL_REPLY_CHARACTERS = 8 * MIB;

/** Text of one scanned card: a vCard with a key in it. */
export const MAX_CARD_CHARACTERS = 600_000;

/**
 * Milliseconds a one-time code on the screen proves a scan, and codes that are open at once: a page that is asked for
 * codes for ever.
 */
export const SCAN_CODE_LIFETIME_MS = DAY_MS;
export const MAX_OPEN_SCAN_CODES = 200;

/**
 * How often one delivery is sealed anew because the recipient refuses what it is sealed to. A recipient who shows
 * another key each time would cost a sealing and a transfer with every try. /
 */
export const MAX_SEALED_ANEW = 3;

/** Streams tor keeps open at once for what we dial: catching up after months is no storm of circuits. */
export const MAX_OUTGOING_CIRCUITS = 8;

/** Streams of one rendezvous circuit, which one peer holds: a peer that takes all connections with one circuit. */
export const MAX_STREAMS_PER_CIRCUIT = 8;

/** A whole first message of a stranger, and each attachment of it that is kept. */
export const MAX_REQUEST_BYTES = MIB;
export const MAX_REQUEST_ATTACHMENT_BYTES = 64 * KIB;

/**
 * When all places of people we expect are taken, connections that one claimed sender keeps: past them the oldest gives
 * way. And messages on one connection.
 */
export const MAX_SMTP_CONNECTIONS_PER_SENDER = 4;
export const MAX_MESSAGES_PER_CONNECTION = 100;

/**
 * Messages being unsealed at once past which unknown senders are asked to come back later (greylisting): a flood of
 * first mail.
 */
export const BUSY_RECEIVING = 8;

/** Milliseconds each further error of a connection waits for its reply, and at most: a peer that tries names. */
export const TARPIT_STEP_MS = 200;
export const MAX_TARPIT_MS = 2_000;

/** When there are too many newcomers, the oldest gives way if it is older than this; else the new one does. */
export const SMTP_UNKNOWN_AFTER_MS = 2_000;

/** One control message as JSON: a token list is the largest. */
export const MAX_CONTROL_BYTES = 2 * MIB;

/** Milliseconds between two checks whether a duplicate answers under our address. */
export const DUPLICATE_CHECK_MS = 60 * 60_000;

/** Entries of one message's history that are kept; tries with one outcome are one entry. */
export const MAX_HISTORY = 200;

/**
 * Mailboxes of one identity, and levels of them: a program that makes 50,000 of them, or 10,000 one below the other,
 * has every list and every name (`a/b/c`) grow with it.
 */
export const MAX_MAILBOXES = 2_000;
export const MAX_MAILBOX_DEPTH = 16;

/**
 * UIDs of one mailbox that are remembered as gone, some 20 octets each: letters that come and go for years. Past it the
 * older half is forgotten, and a mail program that was away for so long reads the mailbox anew (RFC 7162). The schema
 * has this number in it: whoever changes it writes a migration.
 */
export const MAX_EXPUNGED_KEPT = 10_000;

/** Keywords of one message, and tags of one identity: a mail program in a loop sets new ones for ever. */
export const MAX_KEYWORDS = 50;
export const MAX_TAGS = 200;
