import { z } from 'zod';
import { CustodyId, MailAddress, OnionHost, Timestamp } from '../../../shared/ids';
import { MAX_OUTSTANDING } from '../domain/custody-limits';

/** Receipts of one outstanding message that an envelope tells; no sender leaves more copies. */
export const MAX_RECEIPTS_TOLD = 4;

/** Octets of the facts as JSON: all that the bounds below allow, twice. */
export const MAX_FACTS_BYTES = 96 * 1024;

const Counter = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

/** 64 octets in base64url. */
const OnionSignature = z.string().regex(/^[A-Za-z0-9_-]{86}$/);

const Receipt = z.strictObject({
  holder: OnionHost,
  client: OnionHost,
  custodyId: CustodyId,
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  at: Timestamp,
  until: Timestamp,
  signature: OnionSignature,
});

const Outstanding = z.strictObject({
  counter: Counter,
  messageId: z
    .string()
    .max(400)
    .regex(/^<[!-;=?-~]+>$/),
  receipts: z.array(Receipt).max(MAX_RECEIPTS_TOLD),
});

/** The facts of an envelope as a stranger may have written them. */
export const EnvelopeFactsForm = z.strictObject({
  sender: MailAddress,
  holder: OnionHost,
  tokenIndex: z.number().int().min(0).max(0xffff_ffff),
  counter: Counter,
  outstanding: z.array(Outstanding).max(MAX_OUTSTANDING),
  signature: OnionSignature,
});
