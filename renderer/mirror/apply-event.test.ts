import { describe, expect, it } from 'vitest';
import {
  contactId,
  deliveryId,
  identityId,
  makeContact,
  makeDelivery,
  makeIdentity,
  makeMessage,
  ME,
  messageId,
} from '../testing/sample-mail';
import { makeServices } from '../testing/make-services';
import { applyEvent, putMessages } from './apply-event';
import { wipeMirror } from './mirror-database';

const emptyMirror = () => makeServices().services.mirror;

describe('the mirror', () => {
  it('keeps a message that was stored, with its deliveries', async () => {
    const mirror = emptyMirror();
    const message = makeMessage(1, { deliveries: [makeDelivery(1), makeDelivery(2)] });
    await applyEvent(mirror, { type: 'message.stored', message });
    expect(await mirror.messages.get(message.id)).toEqual(message);
    expect(await mirror.deliveries.count()).toBe(2);
  });

  it('takes a changed message for the one before', async () => {
    const mirror = emptyMirror();
    await putMessages(mirror, [makeMessage(1), makeMessage(2)]);
    await applyEvent(mirror, { type: 'message.changed', message: makeMessage(1, { folder: 'archive', seen: false }) });
    expect(await mirror.messages.get(messageId(1))).toMatchObject({ folder: 'archive', seen: false });
    expect(await mirror.messages.count()).toBe(2);
  });

  it('shows a changed delivery in its message, and leaves the others of it alone', async () => {
    const mirror = emptyMirror();
    const deliveries = [makeDelivery(1), makeDelivery(2)];
    await putMessages(mirror, [makeMessage(1, { folder: 'sent', deliveries })]);
    const delivery = makeDelivery(2, { state: 'delivered', reason: 'none' });
    await applyEvent(mirror, { type: 'delivery.changed', delivery });
    const message = await mirror.messages.get(messageId(1));
    expect(message?.deliveries.map(({ state }) => state)).toEqual(['recipient-offline', 'delivered']);
    expect(await mirror.deliveries.get(deliveryId(2))).toEqual(delivery);
  });

  it('keeps a delivery whose message it does not hold', async () => {
    const mirror = emptyMirror();
    await applyEvent(mirror, { type: 'delivery.changed', delivery: makeDelivery(1) });
    expect(await mirror.deliveries.count()).toBe(1);
    expect(await mirror.messages.count()).toBe(0);
  });

  it('forgets a removed message with its deliveries, and nothing else', async () => {
    const mirror = emptyMirror();
    const other = makeDelivery(2, { messageId: messageId(2) });
    await putMessages(mirror, [
      makeMessage(1, { deliveries: [makeDelivery(1)] }),
      makeMessage(2, { deliveries: [other] }),
    ]);
    await applyEvent(mirror, { type: 'message.removed', identityId: ME, messageId: messageId(1) });
    expect(await mirror.messages.toArray()).toMatchObject([{ id: messageId(2) }]);
    expect(await mirror.deliveries.toArray()).toEqual([other]);
  });

  it('moves the messages of conversations that became one, of this identity alone', async () => {
    const mirror = emptyMirror();
    const foreign = makeMessage(9, { identityId: identityId(2), threadId: 'thread 1' });
    await putMessages(mirror, [makeMessage(1), makeMessage(2), makeMessage(3), makeMessage(4), foreign]);
    const joined = ['thread 1', 'thread 3'];
    await applyEvent(mirror, { type: 'conversations.joined', identityId: ME, threadId: 'thread 2', joined });
    const threads = (await mirror.messages.orderBy('id').toArray()).map(({ threadId }) => threadId);
    expect(threads).toEqual(['thread 2', 'thread 2', 'thread 2', 'thread 4', 'thread 1']);
  });

  it('forgets everything of a removed identity, and nothing of another', async () => {
    const mirror = emptyMirror();
    const other = identityId(2);
    for (const [number, of] of [ME, other].entries()) {
      await applyEvent(mirror, { type: 'identity.changed', identity: makeIdentity({ id: of }) });
      await applyEvent(mirror, {
        type: 'contact.changed',
        contact: makeContact('bob', { id: contactId(number), identityId: of }),
      });
      const delivery = makeDelivery(number, { identityId: of, messageId: messageId(number) });
      await putMessages(mirror, [makeMessage(number, { identityId: of, deliveries: [delivery] })]);
    }
    await applyEvent(mirror, { type: 'identity.removed', identityId: ME });
    for (const table of [mirror.contacts, mirror.messages, mirror.deliveries])
      expect((await table.toArray()).map((row) => row.identityId)).toEqual([other]);
    expect((await mirror.identities.toArray()).map(({ id }) => id)).toEqual([other]);
  });

  it('forgets a removed contact', async () => {
    const mirror = emptyMirror();
    const bob = makeContact('bob');
    await applyEvent(mirror, { type: 'contact.changed', contact: bob });
    await applyEvent(mirror, { type: 'contact.removed', identityId: ME, contactId: bob.id });
    expect(await mirror.contacts.count()).toBe(0);
  });

  it('is not moved by events that no list shows', async () => {
    const mirror = emptyMirror();
    await putMessages(mirror, [makeMessage(1)]);
    await applyEvent(mirror, { type: 'trust.changed', identityId: ME });
    await applyEvent(mirror, { type: 'profile.changed', profile: { state: 'unlocked' } });
    expect(await mirror.messages.count()).toBe(1);
  });

  it('is empty after a wipe', async () => {
    const mirror = emptyMirror();
    await putMessages(mirror, [makeMessage(1, { deliveries: [makeDelivery(1)] })]);
    await mirror.identities.put(makeIdentity());
    await wipeMirror(mirror);
    for (const table of mirror.tables) expect(await table.count()).toBe(0);
  });
});
