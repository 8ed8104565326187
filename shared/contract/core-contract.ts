import { z } from 'zod';
import { backupContract } from './backup-contract';
import { AddressCheck, Contact } from '../contact';
import { ProfileState } from './core-events';
import { custodyContract } from './custody-contract';
import { HistoryEntry } from '../custody';
import { AttachmentId, ContactId, DeliveryId, IdentityId, Keyword, MailAddress, MessageId, Timestamp } from '../ids';
import { Identity, IdentityColour } from '../identity';
import { AttachedFile, Delivery, Draft, DraftContent, MessageDetail, MessageSummary } from '../message';
import { MailboxRef } from '../mailbox';
import { gatewayContract } from './gateway-contract';
import { listContract } from './list-contract';
import { mailboxContract } from './mailbox-contract';
import { Bytes, method } from './rpc-kit';
import { ListFilter, SortedPlace } from '../lists/list-view';
import { ListSort } from '../message';
import { LocalPart } from '../local-part';
import { Settings } from '../settings';
import { TorAbout } from '../tor-about';
import { TorStatus } from '../tor-status';
import { deviceContract } from './device-contract';
import { guestContract } from './guest-contract';
import { programContract } from './program-contract';
import { searchContract } from './search-contract';
import { storageContract } from './storage-contract';
import { keyLifeContract, trustContract } from './trust-contract';

const Nothing = z.strictObject({});
const Done = z.strictObject({});
const Passphrase = z.string().min(1).max(1_024);
const ofIdentity = z.strictObject({ identityId: IdentityId });
const ofMessage = z.strictObject({ identityId: IdentityId, messageId: MessageId });
const ofMessages = z.strictObject({ identityId: IdentityId, messageIds: z.array(MessageId).min(1).max(1_000) });
const ofDelivery = z.strictObject({ identityId: IdentityId, deliveryId: DeliveryId });
const ofContact = z.strictObject({ identityId: IdentityId, contactId: ContactId });

/** Result of a passphrase try. Wrong ones cost a growing delay, kept across restarts. */
export const UnlockOutcome = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('unlocked') }),
  z.strictObject({ outcome: z.literal('wrong'), retryAt: Timestamp }),
  z.strictObject({ outcome: z.literal('delayed'), retryAt: Timestamp }),
]);
export type UnlockOutcome = z.infer<typeof UnlockOutcome>;

/**
 * The whole surface between the programs that show mail (renderer, command line) and the core. Every call is parsed on
 * arrival; the answer of a failed call is a `WireError`.
 */
export const coreContract = {
  'profile.state': method(Nothing, ProfileState),
  'profile.create': method(z.strictObject({ passphrase: z.string().min(8).max(1_024) }), Done),
  'profile.unlock': method(z.strictObject({ passphrase: Passphrase }), UnlockOutcome),
  'profile.lock': method(Nothing, Done),
  /**
   * Locks the windows alone: mail goes on arriving, and a window is told nothing of it until `profile.unlock` has taken
   * the passphrase. Only a window may ask.
   */
  'profile.lockWindow': method(Nothing, Done),
  'profile.changePassphrase': method(
    z.strictObject({ current: Passphrase, next: z.string().min(8).max(1_024) }),
    UnlockOutcome,
  ),

  'settings.get': method(Nothing, Settings),
  'settings.set': method(Settings, Settings),

  'identities.list': method(Nothing, z.array(Identity)),
  'identities.create': method(
    z.strictObject({ localPart: LocalPart, label: z.string().max(60), colour: IdentityColour }),
    Identity,
  ),
  'identities.update': method(
    z.strictObject({
      identityId: IdentityId,
      label: z.string().max(60).optional(),
      colour: IdentityColour.optional(),
      paused: z.boolean().optional(),
    }),
    Identity,
  ),
  /** Destroys keys and mail. The address must be repeated, so that no slip of a hand deletes a person. */
  'identities.delete': method(z.strictObject({ identityId: IdentityId, confirmAddress: MailAddress }), Done),
  /** Armored public key block with the onion certification, and the armored certifying key of the onion. */
  'identities.exportPublicKey': method(ofIdentity, z.strictObject({ key: z.string(), certifyingKey: z.string() })),
  /** Armored secret key for other OpenPGP programs, locked with the given passphrase. */
  'identities.exportSecretKey': method(
    z.strictObject({ identityId: IdentityId, passphrase: z.string().min(8).max(1_024) }),
    z.strictObject({ key: z.string() }),
  ),

  /** Hides an identity from everybody but its contacts, or shows it again. Contacts are sent the way to it. */
  'identities.setPrivate': method(ofIdentity.extend({ isPrivate: z.boolean() }), Identity),

  'addresses.check': method(z.strictObject({ text: z.string().max(2_000) }), AddressCheck),

  'contacts.list': method(ofIdentity, z.array(Contact)),
  'contacts.add': method(
    z.strictObject({ identityId: IdentityId, address: z.string().max(2_000), name: z.string().max(100) }),
    Contact,
  ),
  'contacts.update': method(
    z.strictObject({
      identityId: IdentityId,
      contactId: ContactId,
      name: z.string().max(100).optional(),
      blocked: z.boolean().optional(),
      sendsReadReceipts: z.boolean().optional(),
      learnsHolders: z.boolean().optional(),
    }),
    Contact,
  ),
  'contacts.remove': method(ofContact, Done),
  /** Asks the contact's onion for its key now; the outcome is the contact's new key state. */
  'contacts.fetchKey': method(ofContact, Contact),

  ...mailboxContract,
  /** Newest first, by the time of writing, if nothing else is asked; `before` is where the last row seen stands. */
  'messages.page': method(
    z.strictObject({
      identityId: IdentityId,
      folder: MailboxRef,
      sort: ListSort.optional(),
      filters: z.array(ListFilter).max(ListFilter.options.length).optional(),
      before: SortedPlace.optional(),
      limit: z.number().int().min(1).max(500),
    }),
    z.strictObject({ messages: z.array(MessageSummary), more: z.boolean() }),
  ),
  /** The unread message of a mailbox that arrived last, wherever in the list it stands. */
  'messages.unread': method(
    z.strictObject({ identityId: IdentityId, folder: MailboxRef }),
    z.strictObject({ message: MessageSummary.optional() }),
  ),
  'messages.thread': method(
    z.strictObject({ identityId: IdentityId, threadId: z.string().max(300) }),
    z.array(MessageSummary),
  ),
  'messages.read': method(ofMessage, MessageDetail),
  /** The message as it went over the wire, for a `.eml` file. A draft has none. */
  'messages.raw': method(ofMessage, Bytes),
  /** What a certified introduction attached to a message says, as a card text for `cards.read`. */
  'messages.cards': method(
    ofMessage,
    z.array(z.strictObject({ text: z.string(), address: MailAddress, name: z.string().max(100) })).max(8),
  ),
  /** Oldest first. Of a message written here; of others it is empty. */
  'messages.history': method(ofMessage, z.array(HistoryEntry)),
  'messages.setFlags': method(
    ofMessages.extend({ seen: z.boolean().optional(), flagged: z.boolean().optional() }),
    Done,
  ),
  /** Not into Requests, Drafts and the outbox, nor out of the last two. */
  'messages.move': method(ofMessages.extend({ folder: MailboxRef }), Done),
  /** Sets and removes tags, and other keywords of IMAP. */
  'messages.setKeywords': method(
    ofMessages.extend({ add: z.array(Keyword).max(50), remove: z.array(Keyword).max(50) }),
    Done,
  ),
  /** Deletes for good; only messages in the trash or in Requests, and drafts. */
  'messages.delete': method(ofMessages, Done),
  'attachments.read': method(
    z.strictObject({ identityId: IdentityId, messageId: MessageId, attachmentId: AttachmentId }),
    z.strictObject({ filename: z.string(), contentType: z.string(), content: Bytes }),
  ),
  /** Makes a stranger a contact and moves all their mail from Requests to the Inbox. */
  'requests.accept': method(ofMessage, Contact),
  /** Blocks a stranger and deletes their requests; what they send later is accepted from the wire and thrown away. */
  'requests.block': method(ofMessage, Contact),

  'drafts.save': method(
    z.strictObject({ identityId: IdentityId, draftId: MessageId.optional(), content: DraftContent }),
    Draft,
  ),
  'drafts.read': method(z.strictObject({ identityId: IdentityId, draftId: MessageId }), Draft),
  /** Pictures lose their details first, unless the settings say otherwise. */
  'drafts.attach': method(
    z.strictObject({
      identityId: IdentityId,
      draftId: MessageId,
      filename: z.string().min(1).max(255),
      contentType: z.string().max(200),
      content: Bytes,
    }),
    AttachedFile,
  ),
  'drafts.detach': method(
    z.strictObject({ identityId: IdentityId, draftId: MessageId, attachmentId: AttachmentId }),
    Done,
  ),
  'drafts.discard': method(z.strictObject({ identityId: IdentityId, draftId: MessageId }), Done),
  /** Puts a draft into the outbox: committed when it answers. */
  'messages.submit': method(z.strictObject({ identityId: IdentityId, draftId: MessageId }), MessageSummary),

  'outbox.list': method(ofIdentity, z.array(Delivery)),
  'outbox.tryNow': method(ofDelivery, Delivery),
  'outbox.cancel': method(ofDelivery, Delivery),

  'tor.status': method(Nothing, TorStatus),
  /** Which tor runs; `tor` is absent while none does. */
  'tor.about': method(Nothing, z.strictObject({ tor: TorAbout.optional() })),

  ...searchContract,
  ...trustContract,
  ...keyLifeContract,
  ...backupContract,
  ...custodyContract,
  ...storageContract,
  ...programContract,
  ...deviceContract,
  ...gatewayContract,
  ...listContract,
  ...guestContract,
} as const;

export type CoreContract = typeof coreContract;
