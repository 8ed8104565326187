import { z } from 'zod';
import { IdentityId, Keyword, MailboxId } from './ids';
import { IdentityColour } from './identity';
import { Folder } from './message';
import type { FolderCounts } from './message';

/** What a person or a mail program writes; the core refuses what cannot be a name (`mailboxName`). */
export const TypedMailboxName = z.string().min(1).max(1_000);

/** A mailbox by its id or, of those that everybody has, by what it is for. */
export const MailboxRef = z.union([Folder, MailboxId]);
export type MailboxRef = z.infer<typeof MailboxRef>;

/** Where an identity's mail lies: one of the seven that everybody has (`specialUse`), or one of the person's own. */
export const MailboxSummary = z.strictObject({
  id: MailboxId,
  identityId: IdentityId,
  /** One level, in the form that `mailboxName` gives it. Of the seven it is their English name. */
  name: z.string().max(200),
  /** The mailbox it lies in; absent at the top. */
  parentId: MailboxId.optional(),
  specialUse: Folder.optional(),
  messages: z.number().int().nonnegative(),
  unseen: z.number().int().nonnegative(),
});
export type MailboxSummary = z.infer<typeof MailboxSummary>;

/** Tags have the colours of identities. */
export const TagColour = IdentityColour;
export type TagColour = IdentityColour;

/** A keyword that the person has given a name and a colour. */
export const Tag = z.strictObject({
  keyword: Keyword,
  name: z.string().min(1).max(60),
  colour: TagColour,
});
export type Tag = z.infer<typeof Tag>;

/** What waits in each of the seven: unread messages, and of drafts and the outbox all. */
export function folderCounts(mailboxes: readonly MailboxSummary[]): FolderCounts {
  const counts: FolderCounts = { inbox: 0, requests: 0, drafts: 0, outbox: 0, sent: 0, archive: 0, trash: 0 };
  for (const { specialUse, messages, unseen } of mailboxes)
    if (specialUse) counts[specialUse] = specialUse === 'drafts' || specialUse === 'outbox' ? messages : unseen;
  return counts;
}
