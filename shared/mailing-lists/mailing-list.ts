import { z } from 'zod';
import { MailAddress, Timestamp } from '../ids';

/** SHA-256 of a list's genesis in base32: its name for everybody, and the domain of its address. */
export const MailingListId = z
  .string()
  .regex(/^[a-z2-7]{52}$/)
  .brand<'MailingListId'>();
export type MailingListId = z.infer<typeof MailingListId>;

/** 16 random octets in base32: one installation of one member, new after a restore. */
export const InstallId = z
  .string()
  .regex(/^[a-z2-7]{26}$/)
  .brand<'InstallId'>();
export type InstallId = z.infer<typeof InstallId>;

/** A random UUID that names one invitation. */
export const InvitationId = z.uuid().brand<'InvitationId'>();
export type InvitationId = z.infer<typeof InvitationId>;

/** SHA-256, hex. */
export const EntryId = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'EntryId'>();
export type EntryId = z.infer<typeof EntryId>;

/** Two logs an installation: a large post does not hold up a vote. */
export const Lane = z.enum(['posts', 'ledger']);
export type Lane = z.infer<typeof Lane>;

/** Below 2^30, so that no number is near where counting goes wrong. */
export const EntryNumber = z.number().int().min(0).max(0x3fff_ffff);

/** What of an author's log counts: the entries below `next`. */
export const LogCut = z.strictObject({ install: InstallId, lane: Lane, next: EntryNumber });
export type LogCut = z.infer<typeof LogCut>;

export const ListPolicy = z.strictObject({
  /** `moderated`: a post of somebody who is no steward is shown when a steward has let it. */
  posting: z.enum(['anybody', 'moderated']),
  postsPerDay: z.number().int().min(1).max(1_000),
  octetsPerDay: z.number().int().min(1_000).max(1_000_000_000),
});
export type ListPolicy = z.infer<typeof ListPolicy>;

/** Octets without an end of line or another control character: a list's name stands in header fields. */
export const ListName = z
  .string()
  .min(1)
  .max(120)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u);

/** The first octets of a list, from which its id follows. They are kept and passed on as they were received. */
export const ListGenesis = z.strictObject({
  v: z.literal(1),
  name: ListName,
  createdAt: Timestamp,
  /** 32 octets in hex. */
  nonce: z.string().regex(/^[0-9a-f]{64}$/),
  founder: z.strictObject({ address: MailAddress, install: InstallId }),
  policy: ListPolicy,
});
export type ListGenesis = z.infer<typeof ListGenesis>;

const Signature = z.string().regex(/^[A-Za-z0-9_-]{86}$/);

/** The word of somebody who was invited, signed by their onion (`domain/lists/acceptance`). */
export const Acceptance = z.strictObject({
  invitation: InvitationId,
  install: InstallId,
  at: Timestamp,
  signature: Signature,
});
export type Acceptance = z.infer<typeof Acceptance>;

const Cut = z.array(LogCut).max(16);

/** What a member wants changed: the body of a `change` in the ledger lane of their log. */
export const ListChange = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('member.add'), address: MailAddress, acceptance: Acceptance }),
  z.strictObject({ op: z.literal('member.leave'), cut: Cut }),
  z.strictObject({ op: z.literal('member.remove'), address: MailAddress, cut: Cut }),
  z.strictObject({ op: z.literal('policy.set'), policy: ListPolicy }),
  z.strictObject({ op: z.literal('post.show'), id: EntryId }),
  z.strictObject({ op: z.literal('post.hide'), id: EntryId }),
]);
export type ListChange = z.infer<typeof ListChange>;

/** An entry as it travels: what its author's onion signed, and its body in base64. */
export const WireEntry = z.strictObject({
  statement: z.string().max(1_000),
  signature: Signature,
  body: z.base64().max(1_500_000),
});
export type WireEntry = z.infer<typeof WireEntry>;

/** What is decided: the body of a `block`. Whoever has it can judge it, since the changes stand in it whole. */
export const ListBlock = z.strictObject({
  epoch: z.literal(0),
  round: EntryNumber,
  /** The block before; the first names the genesis. */
  parent: EntryId,
  changes: z.array(WireEntry).min(1).max(50),
});
export type ListBlock = z.infer<typeof ListBlock>;

/** How far somebody has a log; of a forked log of the ledger lane also which entries from the fork on. */
export const HaveRow = z.strictObject({
  author: MailAddress,
  install: InstallId,
  lane: Lane,
  next: EntryNumber,
  /** The first 16 letters of the id of the last entry; empty before the first. */
  head: z.string().regex(/^([0-9a-f]{16})?$/),
  /** The number at which the log forks. */
  forkedAt: EntryNumber.optional(),
  branches: z
    .array(z.string().regex(/^[0-9a-f]{16}$/))
    .max(64)
    .optional(),
});
export type HaveRow = z.infer<typeof HaveRow>;
