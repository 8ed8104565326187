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

/** How deep lists and search keys may be nested: 10,000 brackets that fill the stack. */
export const MAX_NESTING = 50;

/** Search keys of one command: a search that costs minutes. */
export const MAX_SEARCH_KEYS = 500;

/** Items of a list in a command, such as flags, header fields or return options: a list that costs memory for nothing. */
export const MAX_LIST_ITEMS = 1_000;

/** Characters of a text to search: a long one is compared with each place of every text. */
export const MAX_SOUGHT_CHARACTERS = 1_000;
