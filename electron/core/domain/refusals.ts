/** Why a key block is not believed (PROTOCOL.md 2); closed, so that each has its sentence and its test. */
export type KeyRefusal =
  | 'unreadable'
  | 'not-one-user-id'
  | 'user-id-differs'
  | 'not-certified'
  | 'certification-invalid'
  | 'certification-expired'
  | 'certification-future'
  | 'certification-not-exportable'
  | 'certification-wrong-type'
  | 'weak-hash'
  | 'no-encryption-key'
  | 'key-expired'
  | 'key-revoked'
  | 'rolled-back';

/** Why a signature does not prove that a key has signed a message (PROTOCOL.md 5). */
export type SignatureRefusal =
  | 'wrong-key'
  | 'bad-signature'
  | 'wrong-type'
  | 'weak-hash'
  | 'key-expired'
  | 'key-revoked'
  /** It has ended by its own word. */
  | 'expired'
  | 'future';

/** Why the octets or the structure of a message are refused before anything is believed of it. */
export type MimeRefusal =
  | 'line-endings'
  | 'nul'
  | 'line-too-long'
  | 'header-too-large'
  | 'duplicate-header'
  | 'missing-header'
  | 'bad-address'
  | 'not-sealed'
  | 'too-many-parts'
  | 'nested-too-deep'
  | 'malformed';

/** RFC 5321 reply: the code decides who keeps the mail. 250: we do. 4xx: the sender tries again. 5xx: never. */
export type SmtpReply = {
  readonly code: 250 | 421 | 450 | 451 | 452 | 454 | 500 | 501 | 503 | 535 | 550 | 552 | 553 | 554 | 555;
  readonly enhanced: string;
  readonly text: string;
};
