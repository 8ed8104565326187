import type { Contact } from '../../shared/contact';
import type {
  AttachmentId,
  ContactId,
  DeliveryId,
  Fingerprint,
  IdentityId,
  MailAddress,
  MailboxId,
  MessageId,
  OnionHost,
} from '../../shared/ids';
import type { Identity } from '../../shared/identity';
import type { MailboxSummary } from '../../shared/mailbox';
import type { AttachmentSummary, Delivery, MessageSummary } from '../../shared/message';

/** A moment in the past at which everything in these samples happened: 2026-03-01 12:00 UTC. */
export const NOON = Date.UTC(2026, 2, 1, 12);

/** A UUID of its own for each number below 65,536, so that ids in a failure can be told apart. */
export const uuid = (number: number): string => `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;

export const messageId = (number: number): MessageId => uuid(number) as MessageId;
export const mailboxId = (number: number): MailboxId => uuid(number) as MailboxId;
export const identityId = (number: number): IdentityId => uuid(number) as IdentityId;
export const contactId = (number: number): ContactId => uuid(number) as ContactId;
export const deliveryId = (number: number): DeliveryId => uuid(number) as DeliveryId;
export const attachmentId = (number: number): AttachmentId => uuid(number) as AttachmentId;

/** `bob@bbbb….onion`: the form of an address; its onion name has no checksum that is right. */
export const addressOf = (name: string): MailAddress => `${name}@${onionOf(name)}` as MailAddress;

const onionOf = (name: string): OnionHost => `${(name[0] ?? 'a').repeat(56)}.onion` as OnionHost;

/** The identity that looks at its mail in these samples: Me. */
export const ME = identityId(1);

export const makeIdentity = (change: Partial<Identity> = {}): Identity => ({
  id: ME,
  address: addressOf('me'),
  onion: onionOf('me'),
  label: '',
  colour: 'blue',
  fingerprint: 'A'.repeat(40) as Fingerprint,
  createdAt: NOON,
  reachability: 'online',
  isPrivate: false,
  ...change,
});

export const makeContact = (name: string, change: Partial<Contact> = {}): Contact => ({
  id: contactId(name.length * 256 + (name.codePointAt(0) ?? 0)),
  identityId: ME,
  address: addressOf(name),
  name: '',
  keyState: 'certified',
  blocked: false,
  addedAt: NOON,
  standing: { kind: 'unverified', vouchedBy: [] },
  sendsReadReceipts: false,
  learnsHolders: true,
  holderCount: 0,
  isPrivate: false,
  ...change,
});

/** Mail from Bob to Me, read, in the inbox; message `number` is also the `number`th that was stored. */
export const makeMessage = (number: number, change: Partial<MessageSummary> = {}): MessageSummary => ({
  id: messageId(number),
  identityId: ME,
  mailboxId: mailboxId(1),
  folder: 'inbox',
  sequence: number,
  threadId: `thread ${String(number)}`,
  from: addressOf('bob'),
  to: [addressOf('me')],
  cc: [],
  subject: `Letter ${String(number)}`,
  preview: 'What it begins with',
  date: NOON,
  storedAt: NOON,
  orderedAt: change.date ?? NOON,
  seen: true,
  flagged: false,
  answered: false,
  attachmentCount: 0,
  size: 1_000,
  protection: 'verified',
  protectionReason: 'ok',
  deliveries: [],
  ...change,
});

export const makeMailbox = (number: number, change: Partial<MailboxSummary> = {}): MailboxSummary => ({
  id: mailboxId(number),
  identityId: ME,
  name: `Folder ${String(number)}`,
  messages: 0,
  unseen: 0,
  ...change,
});

export const makeDelivery = (number: number, change: Partial<Delivery> = {}): Delivery => ({
  id: deliveryId(number),
  identityId: ME,
  messageId: messageId(1),
  recipient: addressOf('bob'),
  state: 'recipient-offline',
  reason: 'offline',
  attempts: 1,
  expiresAt: NOON + 1_000_000,
  ...change,
});

export const makeAttachment = (number: number, change: Partial<AttachmentSummary> = {}): AttachmentSummary => ({
  id: attachmentId(number),
  filename: `file-${String(number)}.txt`,
  contentType: 'text/plain',
  size: 100,
  inline: false,
  ...change,
});
