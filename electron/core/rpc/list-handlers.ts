import { present } from '../../../shared/present';
import { leaveList, removeMember } from '../mail/lists/change-members';
import { createList } from '../mail/lists/create-list';
import { answerInvitation, inviteToList } from '../mail/lists/invite';
import { postToList } from '../mail/lists/post-to-list';
import { showInvitations, showLists } from '../mail/lists/show-lists';
import { done, type Deps, type Of } from './handler-kit';

/** Mailing lists. */
export function listHandlers({ services, of }: Deps): Of<'lists'> {
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
