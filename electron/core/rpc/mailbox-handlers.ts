import { present } from '../../../shared/present';
import { deleteMailbox } from '../mail/mailboxes/delete-mailbox';
import { emptyMailbox } from '../mail/mailboxes/empty-mailbox';
import { createTag, deleteTag, updateTag } from '../mail/mailboxes/manage-tags';
import { makeMailbox, moveMailbox, renameMailbox } from '../mail/mailboxes/place-mailbox';
import { leaveList, removeMember } from '../mail/lists/change-members';
import { createList } from '../mail/lists/create-list';
import { answerInvitation, inviteToList } from '../mail/lists/invite';
import { postToList } from '../mail/lists/post-to-list';
import { showInvitations, showLists } from '../mail/lists/show-lists';
import { done, type Deps, type Of } from './handler-kit';

/** Mailboxes, tags and mailing lists. */
export function mailboxHandlers(deps: Deps): Of<'mailboxes'> & Of<'tags'> & Of<'lists'> {
  const { services, of } = deps;
  return {
    ...listHandlers(deps),
    'mailboxes.list': (o) => of(o).mailboxes.all(),
    'mailboxes.create': (o) => makeMailbox(services, of(o), o),
    'mailboxes.rename': (o) => renameMailbox(of(o), { id: o.mailboxId, name: o.name }),
    'mailboxes.move': (o) => moveMailbox(of(o), { id: o.mailboxId, parentId: o.parentId }),
    'mailboxes.delete': (o) => deleteMailbox(of(o), o.mailboxId),
    'mailboxes.empty': async (o) => ({ messages: await emptyMailbox(of(o), o.mailbox) }),
    'tags.list': (o) => of(o).tags.all(),
    'tags.create': (o) => createTag(services, of(o), o),
    'tags.update': (o) => updateTag(of(o), { keyword: o.keyword, ...present({ name: o.name, colour: o.colour }) }),
    'tags.delete': async (o) => {
      await deleteTag(of(o), o.keyword);
      return done;
    },
  };
}

function listHandlers({ services, of }: Deps): Of<'lists'> {
  return {
    'lists.list': (o) => showLists(services, of(o)),
    'lists.create': (o) => ({ list: createList(services, of(o), o) }),
    'lists.invite': (o) => ({ invitation: inviteToList(services, of(o), o) }),
    'lists.invitations': (o) => showInvitations(services, of(o)),
    'lists.answer': (o) => ({ list: answerInvitation(services, of(o), o) }),
    'lists.post': async ({ list, subject, text, inReplyTo, ...o }) => {
      await postToList(services, of(o), { list, subject, text, ...present({ inReplyTo }) });
      return done;
    },
    'lists.leave': (o) => {
      leaveList(services, of(o), o);
      return done;
    },
    'lists.remove': (o) => {
      removeMember(services, of(o), o);
      return done;
    },
  };
}
