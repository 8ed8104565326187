import type { MailAddress, OnionHost } from '../../../shared/ids';
import type { CustodyReceipt } from '../domain/custody/custody';

/** What the sender puts inside the envelope, beside the message: only the recipient reads it. */
export type HeldEnvelopeFacts = {
  readonly sender: MailAddress;
  /** The holder this copy is for, and the number of the token that was spent on it. */
  readonly holder: OnionHost;
  readonly tokenIndex: number;
  /** Numbers the messages of this sender to this recipient that went to holders, from 1 without gaps. */
  readonly counter: number;
  /** Other messages that went to holders lately and are not confirmed, newest first; at most MAX_OUTSTANDING. */
  readonly outstanding: readonly {
    readonly counter: number;
    readonly messageId: string;
    readonly receipts: readonly CustodyReceipt[];
  }[];
  /**
   * Ed25519 by the sender's onion over `heldEnvelopeText`: otherwise another recipient of the same message could wrap
   * it with other facts.
   */
  readonly signature: string;
};

/**
 * The cryptography of holders: Ed25519 by onion keys, HMAC tokens, and the layout of what is sealed for the recipient
 * alone.
 */
export type CustodyCrypto = {
  /** Ed25519 signature by the onion key of `seed`, base64url; `text` begins with its own purpose. */
  sign(o: { seed: Uint8Array; text: string }): string;
  /** Whether the onion has signed exactly this text; false for anything malformed. */
  verify(o: { onion: OnionHost; text: string; signature: string }): boolean;
  /** The token with this number for this holder, as it stands before the @ of RCPT TO: 26 base32 letters. */
  token(o: { seed: Uint8Array; holder: OnionHost; index: number }): string;
  /** SHA-256 of a token, its first 16 octets. */
  tokenHash(token: string): Uint8Array;
  /** SHA-256, hex. Large octets are hashed piece by piece, and must not be written into meanwhile. */
  digest(octets: Uint8Array): Promise<string>;
  /** The same at once, for what is not large; of a text in UTF-8. */
  digestNow(of: Uint8Array | string): string;
  /**
   * The message with its facts, padded so that its size tells little (Padmé); and back, undefined for anything else.
   * Throws `too-large` where MAX_ENVELOPE_BYTES has no room: such a message is not left with holders.
   */
  packHeldEnvelope(o: { facts: HeldEnvelopeFacts; raw: Uint8Array }): Uint8Array;
  unpackHeldEnvelope(content: Uint8Array): { readonly facts: HeldEnvelopeFacts; readonly raw: Uint8Array } | undefined;
};
