import { present } from '../../../shared/present';
import { setFlags } from '../mail/custody/read-receipts';
import { messageHistory } from '../mail/custody/view-custody';
import { submitMessage } from '../mail/outgoing/submit-message';
import { cardsOf } from '../mail/trust/read-cards';
import { done, type Deps, type Of } from './handler-kit';

/** Looking for messages is a family of its own. */
type MessageCalls = Omit<Of<'messages'>, 'messages.search' | 'messages.searchCount'>;

/** Messages in their mailboxes, and what became of those that were sent. */
export function messageHandlers({ services, of }: Deps): MessageCalls & Of<'attachments'> & Of<'outbox'> {
  return {
    'messages.page': ({ identityId, ...o }) =>
      of({ identityId }).messages.page({
        folder: o.folder,
        limit: o.limit,
        ...present({ before: o.before, sort: o.sort, filters: o.filters }),
      }),
    'messages.unread': (o) => present({ message: of(o).messages.lastUnread(o.folder) }),
    'messages.thread': (o) => of(o).messages.thread(o.threadId),
    'messages.read': (o) => of(o).messages.detail(o.messageId),
    'messages.raw': (o) => of(o).messages.raw(o.messageId),
    'messages.cards': (o) => cardsOf(services, of(o), o.messageId),
    'messages.history': (o) => messageHistory(of(o), o.messageId),
    'messages.setFlags': ({ identityId, messageIds, ...flags }) => (
      setFlags(services, of({ identityId }), { messageIds, flags: present(flags) }),
      done
    ),
    'messages.move': (o) => (of(o).messages.move(o.messageIds, o.folder), done),
    'messages.setKeywords': (o) => (of(o).tags.setKeywords(o), done),
    'messages.delete': (o) => (of(o).messages.delete(o.messageIds), done),
    'messages.submit': (o) => submitMessage(services, of(o), o.draftId),
    'attachments.read': (o) => of(o).messages.attachment(o.messageId, o.attachmentId),
    'outbox.list': (o) => of(o).outbox.deliveries({ unfinishedOnly: true }),
    'outbox.tryNow': (o) => of(o).deliverer.tryNow(o.deliveryId),
    'outbox.cancel': (o) => of(o).deliverer.cancel(o.deliveryId),
  };
}
