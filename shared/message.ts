import { z } from 'zod';
import {
  AttachmentId,
  DeliveryId,
  Fingerprint,
  IdentityId,
  Keyword,
  MailAddress,
  MailboxId,
  MessageId,
  Timestamp,
} from './ids';

/**
 * The mailboxes that every identity has, by what they are for. `requests` holds first mail from strangers. Those of a
 * person's own have names alone (`MailboxSummary`).
 */
export const Folder = z.enum(['inbox', 'requests', 'drafts', 'outbox', 'sent', 'archive', 'trash']);
export type Folder = z.infer<typeof Folder>;

/** PROTOCOL.md 5: `verified` has a badge, `unverified` is readable without one. `own` is mail written here. */
export const Protection = z.enum(['verified', 'unverified', 'own']);
export type Protection = z.infer<typeof Protection>;

/** Why a message carries no badge (or `ok`); one sentence each in the renderer. */
export const ProtectionReason = z.enum(['ok', 'own', 'not-addressed-to-you', 'headers-differ', 'put-by-program']);
export type ProtectionReason = z.infer<typeof ProtectionReason>;

/** The state of one recipient's delivery, in words a person understands. */
export const DeliveryState = z.enum([
  'waiting-for-tor',
  'waiting-for-key',
  'recipient-offline',
  'delivering',
  /** A holder signed for it; it is still tried directly. */
  'held',
  'delivered',
  'failed',
  'cancelled',
]);
export type DeliveryState = z.infer<typeof DeliveryState>;

/** Why the last try did not deliver, or why the delivery ended. */
export const DeliveryReason = z.enum([
  'none',
  'offline',
  'timed-out',
  'no-mail-service',
  'interrupted',
  'busy',
  'refused',
  'key-not-certified',
  'key-changed',
  /** Theirs is not the key that the person verified: it waits for their word. */
  'key-unaccepted',
  'unknown-mailbox',
  'too-large',
  'bad-address',
  'expired',
  /** Holders kept it, and the recipient has not confirmed it. */
  'unconfirmed',
  'cancelled',
]);
export type DeliveryReason = z.infer<typeof DeliveryReason>;

export const Delivery = z.strictObject({
  id: DeliveryId,
  identityId: IdentityId,
  messageId: MessageId,
  recipient: MailAddress,
  state: DeliveryState,
  reason: DeliveryReason,
  attempts: z.number().int().nonnegative(),
  nextTryAt: Timestamp.optional(),
  deliveredAt: Timestamp.optional(),
  /** Holders that have signed for it. */
  heldBy: z.number().int().positive().optional(),
  /** Until when the last of them keeps it. */
  heldUntil: Timestamp.optional(),
  /** The recipient's program says that it was read. */
  readAt: Timestamp.optional(),
  expiresAt: Timestamp,
});
export type Delivery = z.infer<typeof Delivery>;

/** Where a row stands in a list: by the time of writing, and among those of one time by arrival. */
export const ListPlace = z.strictObject({ orderedAt: Timestamp, sequence: z.number().int().nonnegative() });
export type ListPlace = z.infer<typeof ListPlace>;

/** What a list stands by: `up` is oldest first, A to Z, smallest first. */
export const ListSort = z.strictObject({
  by: z.enum(['date', 'sender', 'subject', 'size']),
  direction: z.enum(['up', 'down']),
});
export type ListSort = z.infer<typeof ListSort>;

/** A row of the thread list: everything that the list shows, so that nothing is fetched back. */
export const MessageSummary = z.strictObject({
  id: MessageId,
  identityId: IdentityId,
  mailboxId: MailboxId,
  /** What its mailbox is for; absent in one of the person's own. */
  folder: Folder.optional(),
  /** In the order of the alphabet; absent when there is none. */
  keywords: z.array(Keyword).optional(),
  /** Grows with every stored message of an identity: the order of arrival. */
  sequence: z.number().int().nonnegative(),
  threadId: z.string().max(300),
  from: MailAddress,
  /**
   * Whom its header names as its writer, of a message that another program has put here and that names no onion: `from`
   * is our own address then. '' when it names nobody. Nobody has checked it.
   */
  writtenFrom: z.string().max(320).optional(),
  to: z.array(MailAddress),
  cc: z.array(MailAddress),
  subject: z.string(),
  preview: z.string().max(300),
  /** The Date header, or the time of the last save for a draft. */
  date: Timestamp,
  storedAt: Timestamp,
  /** What lists and conversations stand by: the date, or the time of arrival when the date is too far ahead of that. */
  orderedAt: Timestamp,
  seen: z.boolean(),
  flagged: z.boolean(),
  answered: z.boolean(),
  attachmentCount: z.number().int().nonnegative(),
  size: z.number().int().nonnegative(),
  protection: Protection,
  protectionReason: ProtectionReason,
  deliveries: z.array(Delivery),
  /** Who vouched for the sender when this came, if they were no contact: why it is in the inbox. */
  introducedBy: z.array(MailAddress).max(6).optional(),
  /** The key that signed it, for ever kept with it; absent for own mail, and where older versions kept none. */
  signedBy: Fingerprint.optional(),
  /** That key was found revoked since; said of people who were introduced, as a contact's keys are listed there. */
  signerRevoked: z.literal(true).optional(),
  /** Attachments of a stranger's mail that were too large to keep. */
  droppedAttachments: z.number().int().positive().optional(),
});
export type MessageSummary = z.infer<typeof MessageSummary>;

/** An attachment of a stored message; `index` is its place in the message. */
export const AttachmentSummary = z.strictObject({
  id: AttachmentId,
  filename: z.string().max(255),
  contentType: z.string().max(200),
  size: z.number().int().nonnegative(),
  contentId: z.string().max(300).optional(),
  inline: z.boolean(),
});
export type AttachmentSummary = z.infer<typeof AttachmentSummary>;

/**
 * A file as it was attached. `detailsRemoved`: what a picture says about place, time and camera was taken out.
 * `detailsMayBeLeft`: it is a picture of which not all could be read, or of a kind that is left as it is.
 */
export const AttachedFile = AttachmentSummary.extend({
  detailsRemoved: z.literal(true).optional(),
  detailsMayBeLeft: z.literal(true).optional(),
});
export type AttachedFile = z.infer<typeof AttachedFile>;

/** A message opened for reading. `html` is hostile until the reader has sanitised it. */
export const MessageDetail = z.strictObject({
  summary: MessageSummary,
  bcc: z.array(MailAddress),
  text: z.string(),
  html: z.string().optional(),
  attachments: z.array(AttachmentSummary),
  /** The message this one answers, when it is in the store. */
  inReplyTo: MessageId.optional(),
});
export type MessageDetail = z.infer<typeof MessageDetail>;

/** What a person writes. Addresses are checked when it is submitted, not while it is typed. */
export const DraftContent = z.strictObject({
  to: z.array(z.string().max(320)).max(200),
  cc: z.array(z.string().max(320)).max(200),
  bcc: z.array(z.string().max(320)).max(200),
  subject: z.string().max(2_000),
  text: z.string().max(2_000_000),
  inReplyTo: MessageId.optional(),
});
export type DraftContent = z.infer<typeof DraftContent>;

/** A draft opened for writing. */
export const Draft = z.strictObject({
  id: MessageId,
  identityId: IdentityId,
  content: DraftContent,
  attachments: z.array(AttachmentSummary),
  savedAt: Timestamp,
});
export type Draft = z.infer<typeof Draft>;

/** Unread (drafts and outbox: all) messages in each of the mailboxes that every identity has. */
export const FolderCounts = z.record(Folder, z.number().int().nonnegative());
export type FolderCounts = z.infer<typeof FolderCounts>;
