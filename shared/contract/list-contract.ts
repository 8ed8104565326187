import { z } from 'zod';
import { ContactId, IdentityId, MailAddress, MessageId } from '../ids';
import { ListInvitation, MailingListView } from '../mailing-lists/list-view';
import { InvitationId, ListName, MailingListId } from '../mailing-lists/mailing-list';
import { method } from './rpc-kit';

const Done = z.strictObject({});
const ofIdentity = z.strictObject({ identityId: IdentityId });
const ofList = ofIdentity.extend({ list: MailingListId });

/** The mailing lists of an identity. */
export const listContract = {
  'lists.list': method(ofIdentity, z.array(MailingListView)),
  'lists.create': method(ofIdentity.extend({ name: ListName }), z.strictObject({ list: MailingListId })),
  'lists.invite': method(ofList.extend({ contactId: ContactId }), z.strictObject({ invitation: InvitationId })),
  'lists.invitations': method(ofIdentity, z.array(ListInvitation)),
  'lists.answer': method(
    ofIdentity.extend({ invitation: InvitationId, accepts: z.boolean() }),
    z.strictObject({ list: MailingListId }),
  ),
  /** In one's own log when it answers. */
  'lists.post': method(
    ofList.extend({ subject: z.string().max(998), text: z.string().max(1_000_000), inReplyTo: MessageId.optional() }),
    Done,
  ),
  'lists.leave': method(ofList, Done),
  'lists.remove': method(ofList.extend({ address: MailAddress }), Done),
} as const;
