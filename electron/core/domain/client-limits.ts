/** What other mail programs may ask of this one: each limit with the attack or accident that it stops. */

const KIB = 1024;
const MIB = 1024 * KIB;

/** Octets of a command without its literals: a line that never ends. Lists of UIDs of honest programs are shorter. */
export const MAX_COMMAND_OCTETS = 64 * KIB;

/** Octets of a literal that is no message: a name or a word to search that fills the memory. */
export const MAX_LITERAL_OCTETS = 64 * KIB;

/** Octets of a literal before somebody has logged in: a stranger who only wants to fill the memory. */
export const MAX_EARLY_LITERAL_OCTETS = KIB;

/** Octets of all literals of one command but a message: many small ones do the same. */
export const MAX_LITERALS_OCTETS = 256 * KIB;

/** Octets of a message that is appended or submitted (RFC 7889): as long as one that arrives. */
export const MAX_APPEND_OCTETS = 50 * MIB;

/** Octets of all messages that are being submitted at once: many connections that each keep to the limit of one. */
export const MAX_SUBMITTING_OCTETS = 110 * MIB;

/** Octets of an SMTP command (RFC 4954 4 has a line of AUTH as long): one that never ends. */
export const MAX_SUBMISSION_COMMAND_OCTETS = 12 * KIB;

/** Wrong app passwords on one submission connection: guessing. The door slows down those of all connections. */
export const MAX_WRONG_SUBMISSION_LOGINS = 3;

/** Commands before somebody has logged in: a stranger who keeps the core busy. */
export const MAX_COMMANDS_BEFORE_LOGIN = 20;

/** Commands between two letters, of somebody who has logged in: a program in a loop, or 10,000 of them at once. */
export const MAX_COMMANDS_OF_LETTER = 1_000;

/** Refused commands of somebody who has logged in; more than the recipients of a letter, each of which may be wrong. */
export const MAX_SUBMISSION_REFUSALS = 200;

/** Connections at once, and of those that have not logged in: a flood of them. The oldest stranger gives way. */
export const MAX_SUBMISSION_CONNECTIONS = 64;
export const MAX_SUBMISSION_STRANGERS = 16;

/** How deep lists and search keys may be nested: 10,000 brackets that fill the stack. */
export const MAX_NESTING = 50;

/** Search keys of one command: a search that costs minutes. */
export const MAX_SEARCH_KEYS = 500;

/** Items of a list in a command, such as flags or header fields: a list that costs memory for nothing. */
export const MAX_LIST_ITEMS = 1_000;

/** Programs that may be listed: a page that nobody can read any more. */
export const MAX_PROGRAMS = 100;

/** Devices with an onion each: some six circuits stand open for every one of them, as long as the profile is open. */
export const MAX_DEVICES = 20;

/** Guests, each with an onion of their own, as devices have. */
export const MAX_GUESTS = 20;

/** Deliveries of all guests at once: one who writes to thousands of dead onions would keep the owner from sending. */
export const MAX_PARALLEL_DELIVERIES_OF_GUESTS = 4;

/** Days for which a guest can fetch their mail when their agreement has ended: a holiday must not cost a mailbox. */
export const GUEST_READING_DAYS = 30;

/** Octets of a password that is tried: a long one costs time to hash. Ours have 23. */
export const MAX_TYPED_PASSWORD = 200;

/** Wrong passwords for one user name, and in all, that cost no wait: several connections with one slip of a hand. */
export const FREE_LOGINS = 10;
export const FREE_LOGINS_IN_ALL = 30;

/** Milliseconds between two tries, from the first that is not free, doubled up to the second: guessing. */
export const FIRST_LOGIN_WAIT_MS = 1_000;
export const MAX_LOGIN_WAIT_MS = 10_000;

/** Milliseconds that a login may wait for its turn; one that would wait longer is refused: guesses that pile up. */
export const MAX_LOGIN_QUEUE_MS = 30_000;

/** After so many milliseconds without a wrong password all is forgiven: a program that was mended is not punished. */
export const LOGIN_FORGIVEN_MS = 15 * 60_000;

/** User names whose wrong passwords are counted; the oldest is forgotten: made-up names that fill the memory. */
export const MAX_COUNTED_NAMES = 100;

/** Connections with one app password, of IMAP and of submission each: a program that opens them and closes none. */
export const MAX_CONNECTIONS_OF_PASSWORD = 10;

/** Streams of one circuit to a device's onion, all that its password may have: a client that opens more and more. */
export const MAX_STREAMS_OF_DEVICE = 2 * MAX_CONNECTIONS_OF_PASSWORD;

/** IMAP connections in all: each costs memory. 10 programs may have all of theirs. */
export const MAX_IMAP_CONNECTIONS = 128;

/** Connections on which nobody has logged in: the oldest gives way, so that a stranger cannot take all places. */
export const MAX_IMAP_STRANGERS = 16;

/** Milliseconds until somebody must have logged in: connections that only wait. */
export const IMAP_LOGIN_TIMEOUT_MS = 3 * 60_000;

/** Milliseconds in which a client neither says nor takes anything (RFC 9051 5.4): one that has vanished. */
export const IMAP_IDLE_TIMEOUT_MS = 30 * 60_000;

/** Wrong passwords on one connection; the door slows down those of all. */
export const MAX_FAILED_LOGINS = 5;

/** Commands one after another that are none: somebody speaks another protocol, such as a web page that posts a form. */
export const MAX_BAD_COMMANDS = 20;

/** The same before somebody has logged in. */
export const MAX_EARLY_BAD_COMMANDS = 5;

/** Octets of messages that clients are appending at this moment, of all connections: 128 with 50 MiB each. */
export const MAX_APPENDING_OCTETS = 256 * MIB;

/** Choices of header fields in one FETCH: each may be as long as the header, and all are in memory at once. */
export const MAX_HEADER_CHOICES = 20;

/** Octets of a header that HEADER.FIELDS looks through: one of 50 MiB for each answer. */
export const MAX_FILTERED_HEADER_OCTETS = MIB;

/** Characters of a text to search: a long one is compared with each place of every text. */
export const MAX_SOUGHT_CHARACTERS = 1_000;

/**
 * Milliseconds of the core's thread that one slice of a command on many messages is to take: a program that marks or
 * deletes a whole mailbox would make the window and all connections stand still.
 */
export const TURN_MS = 10;

/**
 * Mailboxes of which is known how far their messages were told of as `\Recent`: a program that makes and deletes them
 * in a loop.
 */
export const MAX_RECENT_CLAIMS = 10_000;

/** Milliseconds in which a letter that is submitted once more is the same letter: its program has lost our answer. */
export const RESUBMISSION_MS = 4 * 60 * 60_000;

/** Letters that are remembered for that; the oldest is forgotten: a program that sends thousands. */
export const MAX_REMEMBERED_SUBMISSIONS = 1_000;

/** Subscribed names that no mailbox has any more; further ones are forgotten: a program that makes and deletes. */
export const MAX_LOST_SUBSCRIPTIONS = 1_000;

/** Messages of one APPEND (RFC 3502): thousands of empty ones, which stay or go together. */
export const MAX_APPENDED_AT_ONCE = 500;
