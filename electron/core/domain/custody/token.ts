/** Octets of a token's hash that a holder is told: half of SHA-256 (PROTOCOL.md 10). */
export const TOKEN_HASH_OCTETS = 16;

/** Octets of the secret from which the tokens of one contact follow. */
export const TOKEN_SEED_OCTETS = 32;
