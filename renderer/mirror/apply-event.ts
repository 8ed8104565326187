import type { CoreEvent } from '../../shared/contract/core-events';
import type { Delivery, MessageSummary } from '../../shared/message';
import type { Mirror } from './mirror-database';

type EventOf<Type extends CoreEvent['type']> = Extract<CoreEvent, { type: Type }>;
type Appliers = { readonly [Type in CoreEvent['type']]?: (mirror: Mirror, event: EventOf<Type>) => Promise<void> };

/** Puts summaries and the deliveries they carry where lists find them. Also the way in for pages read from the core. */
export const putMessages = async (mirror: Mirror, messages: readonly MessageSummary[]): Promise<void> => {
  await mirror.transaction('rw', mirror.messages, mirror.deliveries, async () => {
    await mirror.messages.bulkPut(messages);
    await mirror.deliveries.bulkPut(messages.flatMap((message) => message.deliveries));
  });
};

const replaceDelivery = (deliveries: readonly Delivery[], changed: Delivery): Delivery[] =>
  deliveries.map((delivery) => (delivery.id === changed.id ? changed : delivery));

const putDelivery = async (mirror: Mirror, delivery: Delivery): Promise<void> => {
  await mirror.transaction('rw', mirror.messages, mirror.deliveries, async () => {
    await mirror.deliveries.put(delivery);
    const message = await mirror.messages.get(delivery.messageId);
    if (message) await mirror.messages.put({ ...message, deliveries: replaceDelivery(message.deliveries, delivery) });
  });
};

const removeMessage = async (mirror: Mirror, event: EventOf<'message.removed'>): Promise<void> => {
  await mirror.transaction('rw', mirror.messages, mirror.deliveries, async () => {
    await mirror.messages.delete(event.messageId);
    await mirror.deliveries.where('messageId').equals(event.messageId).delete();
  });
};

const joinConversations = async (mirror: Mirror, event: EventOf<'conversations.joined'>): Promise<void> => {
  const { identityId, threadId, joined } = event;
  const former = joined.map((id) => [identityId, id]);
  await mirror.messages.where('[identityId+threadId]').anyOf(former).modify({ threadId });
};

const removeIdentity = async (mirror: Mirror, event: EventOf<'identity.removed'>): Promise<void> => {
  const { identityId } = event;
  await mirror.transaction('rw', mirror.tables, async () => {
    await mirror.identities.delete(identityId);
    await mirror.messages.where('identityId').equals(identityId).delete();
    await mirror.contacts.where('identityId').equals(identityId).delete();
    await mirror.deliveries.where('identityId').equals(identityId).delete();
  });
};

const appliers: Appliers = {
  'identity.changed': async (mirror, { identity }) => {
    await mirror.identities.put(identity);
  },
  'identity.removed': removeIdentity,
  'message.stored': (mirror, { message }) => putMessages(mirror, [message]),
  'message.changed': (mirror, { message }) => putMessages(mirror, [message]),
  'message.removed': removeMessage,
  'conversations.joined': joinConversations,
  'delivery.changed': (mirror, { delivery }) => putDelivery(mirror, delivery),
  'contact.changed': async (mirror, { contact }) => {
    await mirror.contacts.put(contact);
  },
  'contact.removed': (mirror, { contactId }) => mirror.contacts.delete(contactId),
};

/** Brings the mirror to the state an event tells of. Events that lists do not show change nothing here. */
export const applyEvent = async (mirror: Mirror, event: CoreEvent): Promise<void> => {
  // The table is keyed by the event's own type, which TypeScript cannot follow through a union.
  const apply = appliers[event.type] as ((mirror: Mirror, event: CoreEvent) => Promise<void>) | undefined;
  await apply?.(mirror, event);
};
