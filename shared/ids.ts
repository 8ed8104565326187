import { z } from 'zod';

/** A random UUID that names one identity on this machine; it is never sent to a peer. */
export const IdentityId = z.uuid().brand<'IdentityId'>();
export type IdentityId = z.infer<typeof IdentityId>;

/** A random UUID that names one stored message (draft, queued, sent or received) of one identity. */
export const MessageId = z.uuid().brand<'MessageId'>();
export type MessageId = z.infer<typeof MessageId>;

/** A random UUID that names one mailbox of one identity, whatever it is called and wherever it lies. */
export const MailboxId = z.uuid().brand<'MailboxId'>();
export type MailboxId = z.infer<typeof MailboxId>;

/** A keyword of a message as IMAP has it (RFC 9051 2.3.2), an atom in lower case: `$forwarded`, `$junk`, `holiday`. */
export const Keyword = z
  .string()
  .regex(/^[!#$&'+,./0-9:;<=>?@^_`a-z|}~-]{1,64}$/)
  .brand<'Keyword'>();
export type Keyword = z.infer<typeof Keyword>;

/** A random UUID that names one recipient's delivery of one queued message. */
export const DeliveryId = z.uuid().brand<'DeliveryId'>();
export type DeliveryId = z.infer<typeof DeliveryId>;

/** A random UUID that names one contact of one identity. */
export const ContactId = z.uuid().brand<'ContactId'>();
export type ContactId = z.infer<typeof ContactId>;

/** A random UUID that names one backup or restore under way. */
export const BackupId = z.uuid().brand<'BackupId'>();
export type BackupId = z.infer<typeof BackupId>;

/** A random UUID that names one mail program that may log in. */
export const ProgramId = z.uuid().brand<'ProgramId'>();
export type ProgramId = z.infer<typeof ProgramId>;

/** A random UUID that names one agreement to hold mail, at both who made it. */
export const AgreementId = z.uuid().brand<'AgreementId'>();
export type AgreementId = z.infer<typeof AgreementId>;

/** A random UUID by which a holder names one message it keeps; its sender learns it with the receipt. */
export const CustodyId = z.uuid().brand<'CustodyId'>();
export type CustodyId = z.infer<typeof CustodyId>;

/** A random UUID that names one attachment of a draft. */
export const AttachmentId = z.uuid().brand<'AttachmentId'>();
export type AttachmentId = z.infer<typeof AttachmentId>;

/** `<56 base32 letters>.onion`, lower case: a Tor v3 onion service name (form only; the core checks the checksum). */
export const OnionHost = z
  .string()
  .regex(/^[a-z2-7]{56}\.onion$/)
  .brand<'OnionHost'>();
export type OnionHost = z.infer<typeof OnionHost>;

/**
 * `local@<56>.onion`, lower case dot-atom local part of at most 64 octets (form only; the core checks the checksum).
 */
export const MailAddress = z
  .string()
  .max(127)
  .regex(/^(?=[^@]{1,64}@)[a-z0-9!#$%&'*/=?^_`{|}~+-]+(\.[a-z0-9!#$%&'*/=?^_`{|}~+-]+)*@[a-z2-7]{56}\.onion$/)
  .brand<'MailAddress'>();
export type MailAddress = z.infer<typeof MailAddress>;

/** An OpenPGP v4 fingerprint: 40 upper-case hexadecimal digits (RFC 9580, 5.5.4.2). */
export const Fingerprint = z
  .string()
  .regex(/^[0-9A-F]{40}$/)
  .brand<'Fingerprint'>();
export type Fingerprint = z.infer<typeof Fingerprint>;

/** Milliseconds since 1970-01-01 UTC. */
export const Timestamp = z.number().int().nonnegative();
export type Timestamp = z.infer<typeof Timestamp>;
