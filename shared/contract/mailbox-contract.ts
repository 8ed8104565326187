import { z } from 'zod';
import { IdentityId, Keyword, MailboxId } from '../ids';
import { MailboxSummary, MailboxRef, Tag, TypedMailboxName, TagColour } from '../mailbox';
import { method } from './rpc-kit';

const Done = z.strictObject({});
const ofIdentity = z.strictObject({ identityId: IdentityId });
const ofMailbox = ofIdentity.extend({ mailboxId: MailboxId });
/** Absent: at the top. */
const parentId = MailboxId.optional();
const tagName = z.string().min(1).max(60);

/** The mailboxes of an identity and the tags of its messages. */
export const mailboxContract = {
  /** Each behind the one it lies in. */
  'mailboxes.list': method(ofIdentity, z.array(MailboxSummary)),
  'mailboxes.create': method(ofIdentity.extend({ name: TypedMailboxName, parentId }), MailboxSummary),
  'mailboxes.rename': method(ofMailbox.extend({ name: TypedMailboxName }), MailboxSummary),
  /** With all that lies in it. */
  'mailboxes.move': method(ofMailbox.extend({ parentId }), MailboxSummary),
  /** With all that lies in it; the mail of all of them goes to the trash. */
  'mailboxes.delete': method(ofMailbox, z.strictObject({ moved: z.number().int().nonnegative() })),
  /** The trash and Requests: deletes for good. The archive, and a mailbox of one's own: moves to the trash. */
  'mailboxes.empty': method(
    ofIdentity.extend({ mailbox: MailboxRef }),
    z.strictObject({ messages: z.number().int().nonnegative() }),
  ),

  'tags.list': method(ofIdentity, z.array(Tag)),
  'tags.create': method(ofIdentity.extend({ name: tagName, colour: TagColour }), Tag),
  'tags.update': method(
    ofIdentity.extend({ keyword: Keyword, name: tagName.optional(), colour: TagColour.optional() }),
    Tag,
  ),
  /** Takes it off all messages, too. */
  'tags.delete': method(ofIdentity.extend({ keyword: Keyword }), Done),
} as const;
