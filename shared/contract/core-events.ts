import { z } from 'zod';
import { BackupProgress } from '../backup';
import { Contact } from '../contact';
import { ContactId, IdentityId, MailboxId, MessageId, Timestamp } from '../ids';
import { Identity } from '../identity';
import { MailboxSummary, Tag } from '../mailbox';
import { Delivery, MessageSummary } from '../message';
import { SavedSearch } from '../search/saved-search';
import { Guest } from '../guests/guest';
import { Device } from '../programs/device';
import { ProgramAccess } from '../programs/mail-program';
import { Settings } from '../settings';
import { TorStatus } from '../tor-status';

/** How much is done of bringing the mail of all identities to the form that this version keeps. */
export const Upgrade = z.strictObject({ percent: z.number().int().min(0).max(100) });
export type Upgrade = z.infer<typeof Upgrade>;

/** What stands between the person and their mail: no profile yet, a locked one, or none. */
export const ProfileState = z.strictObject({
  state: z.enum(['new', 'locked', 'unlocked']),
  /** When the next passphrase may be tried, after wrong ones. */
  retryAt: Timestamp.optional(),
  /** Only the window is locked, and mail goes on arriving: so much of it has come since. */
  receiving: z.strictObject({ arrived: z.number().int().nonnegative() }).optional(),
  /** The passphrase was right, and mail that an older version kept is brought up to date first. */
  upgrade: Upgrade.optional(),
});
export type ProfileState = z.infer<typeof ProfileState>;

/** A transfer that is under way; `total` is missing when the sender did not announce a size. */
export const Transfer = z.strictObject({
  transferId: z.string().max(64),
  identityId: IdentityId,
  direction: z.enum(['in', 'out']),
  messageId: MessageId.optional(),
  bytes: z.number().int().nonnegative(),
  total: z.number().int().nonnegative().optional(),
  done: z.boolean(),
});
export type Transfer = z.infer<typeof Transfer>;

/** Mail that goes out, or comes in from holders, after a time without connection. `done` is `total` at the end. */
export const CatchUp = z.strictObject({
  identityId: IdentityId,
  direction: z.enum(['in', 'out']),
  done: z.number().int().nonnegative(),
  total: z.number().int().nonnegative(),
});
export type CatchUp = z.infer<typeof CatchUp>;

/** Everything the core announces. Past tense: each tells of committed state and carries all that a list needs. */
export const CoreEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('profile.changed'), profile: ProfileState }),
  /** While a profile is unlocked that an older version kept; `profile.changed` follows. */
  z.strictObject({ type: z.literal('upgrade.progressed'), upgrade: Upgrade }),
  z.strictObject({ type: z.literal('settings.changed'), settings: Settings }),
  z.strictObject({ type: z.literal('identity.changed'), identity: Identity }),
  z.strictObject({ type: z.literal('identity.removed'), identityId: IdentityId }),
  z.strictObject({ type: z.literal('message.stored'), message: MessageSummary }),
  z.strictObject({ type: z.literal('message.changed'), message: MessageSummary }),
  z.strictObject({ type: z.literal('message.removed'), identityId: IdentityId, messageId: MessageId }),
  /** A part that came late connects conversations: every message of those in `joined` has this `threadId` now. */
  z.strictObject({
    type: z.literal('conversations.joined'),
    identityId: IdentityId,
    threadId: z.string().max(300),
    joined: z.array(z.string().max(300)),
  }),
  /** Behind what changed them: those with another name, place or number of messages. */
  z.strictObject({ type: z.literal('mailboxes.changed'), identityId: IdentityId, mailboxes: z.array(MailboxSummary) }),
  z.strictObject({ type: z.literal('mailbox.removed'), identityId: IdentityId, mailboxId: MailboxId }),
  z.strictObject({ type: z.literal('tags.changed'), identityId: IdentityId, tags: z.array(Tag) }),
  z.strictObject({ type: z.literal('delivery.changed'), delivery: Delivery }),
  z.strictObject({ type: z.literal('contact.changed'), contact: Contact }),
  z.strictObject({ type: z.literal('contact.removed'), identityId: IdentityId, contactId: ContactId }),
  z.strictObject({ type: z.literal('transfer.progressed'), transfer: Transfer }),
  z.strictObject({ type: z.literal('tor.changed'), status: TorStatus }),
  /** Keys, certifications or their validity changed. Changed contacts have events of their own. */
  z.strictObject({ type: z.literal('trust.changed'), identityId: IdentityId }),
  /** Agreements, held mail or missing mail changed. */
  z.strictObject({ type: z.literal('holding.changed'), identityId: IdentityId }),
  /** Searches were saved, renamed or deleted: all there are now. */
  z.strictObject({ type: z.literal('searches.changed'), identityId: IdentityId, searches: z.array(SavedSearch) }),
  /** Other mail programs came, went or logged in, or their way in changed. */
  z.strictObject({ type: z.literal('programs.changed'), access: ProgramAccess }),
  /** The person's devices came, went or logged in, or their onions: all there are now. */
  z.strictObject({ type: z.literal('devices.changed'), devices: z.array(Device) }),
  /** Lists, their members or invitations to lists changed. */
  z.strictObject({ type: z.literal('lists.changed'), identityId: IdentityId }),
  /** Guests came, went, logged in or got mail, or their onions changed: all there are now. */
  z.strictObject({ type: z.literal('guests.changed'), guests: z.array(Guest) }),
  z.strictObject({ type: z.literal('catch-up.progressed'), catchUp: CatchUp }),
  z.strictObject({ type: z.literal('backup.progressed'), progress: BackupProgress }),
]);
export type CoreEvent = z.infer<typeof CoreEvent>;
