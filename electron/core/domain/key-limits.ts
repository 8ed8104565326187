/** What keys, signatures and rings may cost: each limit with the attack or accident that it stops. */

const KIB = 1024;
const MIB = 1024 * KIB;

/** One key block from a peer; a key flooded with certifications. */
export const MAX_KEY_BLOCK_BYTES = 256 * KIB;

/** Octets of the keys in a ring, past which only contacts get in: introductions of keys as large as a key may be. */
export const MAX_RING_BYTES = 100 * MIB;

/** Keys of one key block that are looked at: an onion that changed its key serves two. */
export const MAX_KEYS_IN_BLOCK = 5;

/** Packets of one key block: 256 KiB hold no more signatures than this. */
export const MAX_KEY_BLOCK_PACKETS = 5_000;

/**
 * Signatures of one kind, by one issuer, that are worth verifying. A key with more is a flood: it is refused, because
 * leaving some out could leave out a revocation.
 */
export const MAX_SIGNATURES_BY_ISSUER = 50;

/**
 * And those of one key block, of all kinds and keys, that claim to be by its keys or by the onion: each costs a
 * verification, and a block can be made in which all fail but the last ones.
 */
export const MAX_SIGNATURES_IN_BLOCK = 200;

/** Subkeys of one key; each costs verifications. */
export const MAX_SUBKEYS = 20;

/**
 * Bits of an RSA key. Shorter ones are expected to be broken within the life of a letter (NIST SP 800-57); longer ones
 * cost more with each verification, and a stranger can ask for 200.
 */
export const MIN_RSA_BITS = 3_072;
export const MAX_RSA_BITS = 4_096;

/** A public exponent of 3 turns small faults in other programs' padding into forged signatures. */
export const MIN_RSA_EXPONENT = 65_537;

/** Characters of a name in a User ID: it is shown by other programs only, and travels with each copy of the key. */
export const MAX_USER_ID_NAME = 100;

/** Key blocks in one message that are parsed, and that are checked: more is an attempt to keep us busy. */
export const MAX_KEY_BLOCKS = 8;
export const MAX_CHECKED_KEY_BLOCKS = 3;

/** Signatures of one message: each by a key of the sender's costs a verification over the whole text. */
export const MAX_SIGNATURES_OF_MESSAGE = 8;

/** Recipients of one sealed message. */
export const MAX_SESSION_KEYS = 200;

/**
 * Recipients of a message that are hidden and tried all the same, and tries in all with the key in use, and with the
 * retired ones: 200 of them, tried with each of 100 retired keys, would take nine seconds.
 */
export const MAX_HIDDEN_RECIPIENTS = 8;
export const MAX_SESSION_KEY_TRIES = 64;

/** «Version», «Comment», «Hash», «Charset», «MessageID»: no program writes as many armor headers as this. */
export const MAX_ARMOR_HEADERS = 20;

/** Certifications by others that are kept of one key, newest first: a key flooded with 100,000 of them. */
export const MAX_FOREIGN_CERTIFICATIONS = 1_000;

/** Octets of one of them: an ordinary one has 150, and what a signature may carry besides has no bound of its own. */
export const MAX_CERTIFICATION_BYTES = 2 * KIB;

/** Onions that are asked at once who has signed a letter: forged letters that make this machine dial. */
export const MAX_SIGNER_QUESTIONS = 4;

/**
 * Certifications that nobody has verified, of all keys of a ring: each may be forged, and 20,000 keys with 1,000 each
 * would fill the disk. Those of the keys with most go first.
 */
export const MAX_UNVERIFIED_CERTIFICATIONS = 50_000;

/** Forged certifications in what one peer sent, after which the rest waits unverified: each costs a verification. */
export const MAX_FORGED_CERTIFICATIONS = 250;

/** Revoked keys that are remembered of one address, newest first: its owner can make and revoke keys without end. */
export const MAX_REVOKED_KEYS_OF_ADDRESS = 100;

/** And of all addresses that are no contacts, newest first: onions that are made to be thrown away. */
export const MAX_REVOKED_KEYS_OF_STRANGERS = 10_000;

/** Addresses of neither contacts nor the ring of which the newest certification is remembered: the same. */
export const MAX_FLOORS_OF_STRANGERS = 10_000;

/** Keys in one identity's ring: introductions without end. */
export const MAX_RING_KEYS = 20_000;

/** A file of keys that a person imports; a whole key server dump is larger. */
export const MAX_IMPORT_BYTES = 64 * MIB;
export const MAX_IMPORT_KEYS = 20_000;

/** Keys in the one picture of trust that a window can show and a person can read. */
export const MAX_GRAPH_KEYS = 5_000;

/** Edges of that picture: a ring in which everybody has certified everybody. */
export const MAX_GRAPH_EDGES = 50_000;

/**
 * Keys that a contact had before, told with the contact; also the bound in `shared/contact.ts`. Their owner can replace
 * keys as fast as they like, and each list of contacts would carry all of them.
 */
export const MAX_EARLIER_KEYS = 20;

/** Secret keys that are kept after they were retired: each costs a try when old mail is opened. */
export const MAX_RETIRED_KEYS = 100;
