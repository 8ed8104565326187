import { present } from '../../../shared/present';
import { deleteMailbox } from '../mail/mailboxes/delete-mailbox';
import { emptyMailbox } from '../mail/mailboxes/empty-mailbox';
import { createTag, deleteTag, updateTag } from '../mail/mailboxes/manage-tags';
import { makeMailbox, moveMailbox, renameMailbox } from '../mail/mailboxes/place-mailbox';
import { done, type Deps, type Of } from './handler-kit';

/** Mailboxes and tags. */
export function mailboxHandlers({ services, of }: Deps): Of<'mailboxes'> & Of<'tags'> {
  return {
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
