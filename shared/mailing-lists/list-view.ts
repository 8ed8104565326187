import { z } from 'zod';
import { MailAddress, MailboxId, Timestamp } from '../ids';
import { InvitationId, ListName, MailingListId } from './mailing-list';

/** A list as its members see it. `joining`: accepted, and not told of as a member yet. */
export const MailingListView = z.strictObject({
  id: MailingListId,
  name: ListName,
  /** Of no host on the net: it names the list. */
  address: z.string().max(200),
  mailboxId: MailboxId,
  standing: z.enum(['joining', 'member', 'left']),
  members: z.array(z.strictObject({ address: MailAddress, role: z.enum(['steward', 'member']) })),
});
export type MailingListView = z.infer<typeof MailingListView>;

/** A contact asks whether we join. */
export const ListInvitation = z.strictObject({
  id: InvitationId,
  list: MailingListId,
  name: ListName,
  from: MailAddress,
  expiresAt: Timestamp,
});
export type ListInvitation = z.infer<typeof ListInvitation>;
