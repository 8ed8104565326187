import { z } from 'zod';
import { AgreementId, ContactId, DeliveryId, MailAddress, OnionHost, Timestamp } from './ids';

const MIB = 1024 * 1024;
const Count = z.number().int().nonnegative();

/** What a holder gives: octets in all, days a message is kept, and days one of more than `LARGE_HELD_BYTES` is. */
export const HoldTerms = z.strictObject({
  quotaBytes: z
    .number()
    .int()
    .min(MIB)
    .max(10 * 1024 * MIB),
  days: z.number().int().min(1).max(60),
  largeDays: z.number().int().min(1).max(60),
});
export type HoldTerms = z.infer<typeof HoldTerms>;

export const defaultHoldTerms: HoldTerms = { quotaBytes: 100 * MIB, days: 20, largeDays: 7 };

/** `asked`: no answer yet; `ended`: withdrawn by either, or run out. */
export const AgreementState = z.enum(['asked', 'active', 'refused', 'ended']);
export type AgreementState = z.infer<typeof AgreementState>;

/** Faults of a holder that this program could see. */
export const HolderFaults = z.strictObject({
  /** Messages it signed for and never handed over, while others came. */
  missing: Count,
  /** Messages it handed over again and again. */
  replayed: Count,
  /** Messages it let run out. */
  expired: Count,
});
export type HolderFaults = z.infer<typeof HolderFaults>;

/** A holder: a contact that keeps mail for this identity while it is away, or was asked to. */
export const MailHolder = z.strictObject({
  agreementId: AgreementId,
  contactId: ContactId.optional(),
  address: MailAddress,
  state: AgreementState,
  terms: HoldTerms,
  askedAt: Timestamp,
  /** Until when an active agreement lasts; it is renewed before. */
  until: Timestamp.optional(),
  endedBy: z.enum(['us', 'them', 'time']).optional(),
  /** It is yet to get our newest list of tokens: until then it may refuse what our contacts leave there. */
  tokensDue: z.literal(true).optional(),
  /** When it last answered our ETRN. */
  reachedAt: Timestamp.optional(),
  /** Messages it has handed over. */
  handedOver: Count,
  faults: HolderFaults,
});
export type MailHolder = z.infer<typeof MailHolder>;

/**
 * A client: a contact that has this identity keep its mail, or asks for it. Only number, size and age of the kept
 * messages can be known.
 */
export const MailClient = z.strictObject({
  agreementId: AgreementId,
  contactId: ContactId.optional(),
  address: MailAddress,
  state: AgreementState,
  terms: HoldTerms,
  askedAt: Timestamp,
  until: Timestamp.optional(),
  endedBy: z.enum(['us', 'them', 'time']).optional(),
  heldMessages: Count,
  heldBytes: Count,
  oldestAt: Timestamp.optional(),
  /** Messages handed over so far. */
  handedOver: Count,
});
export type MailClient = z.infer<typeof MailClient>;

/** Messages that a contact sent and that have not arrived. `holder`: the one that signed for them. */
export const MissingMail = z.strictObject({
  contactId: ContactId,
  count: z.number().int().positive(),
  holder: OnionHost.optional(),
  holderContactId: ContactId.optional(),
  since: Timestamp,
});
export type MissingMail = z.infer<typeof MissingMail>;

/** The holders and the clients of this identity. */
export const CustodyOverview = z.strictObject({
  holders: z.array(MailHolder),
  clients: z.array(MailClient),
  missing: z.array(MissingMail),
});
export type CustodyOverview = z.infer<typeof CustodyOverview>;

/** One line of a message's history. */
export const HistoryEntry = z.strictObject({
  at: Timestamp,
  deliveryId: DeliveryId,
  recipient: MailAddress,
  /**
   * `queued`; `tried` (see `reason`); `held`: a holder signed for it; `holder-refused`; `accepted`: the recipient's
   * machine took it from us; `delivered`: the recipient's machine says it has it; `missing`: the recipient says a
   * holder did not hand it over; `failed`; `cancelled`; `read`.
   */
  kind: z.enum([
    'queued',
    'tried',
    'held',
    'holder-refused',
    'accepted',
    'delivered',
    'missing',
    'failed',
    'cancelled',
    'read',
  ]),
  /** A `DeliveryReason`, of `tried` and `failed`. */
  reason: z.string().max(40).optional(),
  /** Of `held`, `holder-refused` and `missing`. */
  holder: OnionHost.optional(),
  holderContactId: ContactId.optional(),
  /** Of `held`. */
  until: Timestamp.optional(),
  /** Of `tried`: how many tries in a row came to the same, the last of them at `at`. */
  times: z.number().int().positive().optional(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;
