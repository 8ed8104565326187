import { z } from 'zod';
import { HoldTerms } from '../custody';
import { AgreementId, MailAddress, OnionHost, Timestamp } from '../ids';
import { Acceptance, HaveRow, InvitationId, MailingListId, WireEntry } from '../mailing-lists/mailing-list';

const Base64 = z.base64().max(2_000_000);
/** Ed25519 by an onion's own key, base64url: 64 octets. */
const OnionSignature = z.string().regex(/^[A-Za-z0-9_-]{86}$/);
/** RFC 5322 msg-id with its angle brackets: printable ASCII, or it could not be written into a report again. */
const RfcMessageId = z
  .string()
  .max(400)
  .regex(/^<[!-;=?-~]+>$/);

/** What two people agree on; both sign its text (`domain/custody/agreement`). */
export const AgreementTerms = z.strictObject({
  id: AgreementId,
  client: MailAddress,
  holder: MailAddress,
  terms: HoldTerms,
  from: Timestamp,
  until: Timestamp,
});
export type AgreementTerms = z.infer<typeof AgreementTerms>;

/** A holder list: the holders with which the recipient may leave mail for the sender, and the seed of the tokens. */
export const HolderList = z.strictObject({
  issuedAt: Timestamp,
  /** 32 octets, for this one correspondent. */
  tokenSeed: Base64,
  /** The number of the first token that follows from this seed; later seeds begin with higher ones. */
  firstToken: z.number().int().min(0).max(0xffff_ffff).optional(),
  /** The sender lost count of the tokens that it had from the recipient, as after a restore: it asks for a new seed. */
  lostCount: z.literal(true).optional(),
  /** More than MAX_HOLDERS are read and left aside. */
  holders: z.array(z.strictObject({ onion: OnionHost, until: Timestamp })).max(16),
});
export type HolderList = z.infer<typeof HolderList>;

/**
 * The private onion of an identity: its host and the key that opens its descriptor (rend-spec-v3, client
 * authorisation). The onion signs which identity it belongs to (`domain/custody/door`): tor has one key for an onion,
 * and otherwise a contact could replace the key of another contact's onion.
 */
export const PrivateOnion = z.strictObject({ onion: OnionHost, authKey: Base64, signature: OnionSignature });
export type PrivateOnion = z.infer<typeof PrivateOnion>;

/**
 * What Posthorn tells Posthorn in a sealed and signed mail of its own. `receipt` and `read` travel as RFC 3464 and RFC
 * 8098 reports, the others as a JSON part; all have a text that says the same to people with other programs.
 */
export const ControlMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('hold.ask'), agreement: AgreementTerms, signature: OnionSignature }),
  z.strictObject({ kind: z.literal('hold.answer'), agreementId: AgreementId, signature: OnionSignature.optional() }),
  z.strictObject({ kind: z.literal('hold.end'), agreementId: AgreementId }),
  /**
   * Of every token that may be used the first 16 octets of its SHA-256, sorted, so that their order says nothing.
   * Replaces the list before.
   */
  z.strictObject({ kind: z.literal('hold.tokens'), agreementId: AgreementId, issuedAt: Timestamp, hashes: Base64 }),
  /** Held mail that ran out before it could be handed over. */
  z.strictObject({
    kind: z.literal('hold.expired'),
    agreementId: AgreementId,
    count: z.number().int().positive(),
    since: Timestamp,
  }),
  z.strictObject({ kind: z.literal('hold.card'), card: HolderList }),
  /** To a sender: these have not come, though a holder signed for them. */
  z.strictObject({
    kind: z.literal('missing'),
    messageIds: z.array(RfcMessageId).min(1).max(100),
    holder: OnionHost.optional(),
  }),
  z.strictObject({
    kind: z.literal('receipt'),
    messageId: RfcMessageId,
    at: Timestamp,
    action: z.enum(['delivered', 'failed', 'expired']),
  }),
  z.strictObject({ kind: z.literal('read'), messageId: RfcMessageId, at: Timestamp }),
  /** `null`: the identity is no longer private. */
  z.strictObject({ kind: z.literal('door'), issuedAt: Timestamp, door: PrivateOnion.nullable() }),
  /** `genesis`: the first octets of the list, from which its id follows. */
  z.strictObject({
    kind: z.literal('list.invite'),
    invitation: InvitationId,
    genesis: z.base64().max(12_000),
    expiresAt: Timestamp,
  }),
  /** Without an acceptance the invitation is declined. */
  z.strictObject({ kind: z.literal('list.answer'), invitation: InvitationId, acceptance: Acceptance.optional() }),
  /** From member to member: entries of logs, and how far the sender has each log. Nobody asks because of an answer. */
  z.strictObject({
    kind: z.literal('list.batch'),
    list: MailingListId,
    entries: z.array(WireEntry).max(200),
    have: z.array(HaveRow).max(5_000).optional(),
    isAnswer: z.literal(true).optional(),
  }),
]);
export type ControlMessage = z.infer<typeof ControlMessage>;
