import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CoreEvent } from '../../../../shared/contract/core-events';
import type { ControlMessage } from '../../../../shared/control-message';
import type { NewControl } from '../../ports/storage/custody-records';
import type { MailStore } from '../../ports/storage/mail-store';
import { addBob, DAVE, holderList, leave, newControl, putSending, receipt } from '../testing/custody-fixtures';
import {
  countsOf,
  BOB,
  CAROL,
  newMessageId,
  NOW,
  openTestStore,
  received,
  saveDraft,
  submitted,
} from '../testing/store-fixtures';
import type { TestStore } from '../testing/store-fixtures';

const unknown = expect.objectContaining({ code: 'message-unknown' }) as Error;
const card: ControlMessage = { kind: 'hold.card', card: holderList() };

describe('control messages', () => {
  let test: TestStore;
  let store: MailStore;
  beforeEach(() => {
    test = openTestStore();
    ({ store } = test);
  });
  afterEach(() => {
    for (const event of test.events.seen) CoreEvent.parse(event);
    test.remove();
  });

  const queueControl = (control: ControlMessage, change: Partial<NewControl> = {}): NewControl => {
    const made = newControl(control, change);
    store.control.queue(made);
    return made;
  };
  const queuedControl = (): string[] =>
    store.outbox.deliveries({ withControl: true }).map(({ messageId }) => messageId);

  it('are queued, sealed and tried as mail is', async () => {
    const control = queueControl(card);
    const [delivery] = store.outbox.deliveries({ unfinishedOnly: true, withControl: true });
    expect(delivery).toEqual({
      id: control.deliveryId,
      identityId: test.identityId,
      messageId: control.messageId,
      recipient: BOB,
      state: 'waiting-for-tor',
      reason: 'none',
      attempts: 0,
      expiresAt: control.expiresAt,
    });
    const { rfcMessageId, subject, text } = control;
    expect(await test.reopen().outbox.queued(control.messageId)).toEqual({
      messageId: control.messageId,
      rfcMessageId,
      references: [],
      to: [BOB],
      cc: [],
      bcc: [],
      subject,
      text,
      date: NOW,
      attachments: [],
      control: card,
    });
    store.outbox.putEnclosures({ messageId: control.messageId, enclosures: { keyBlocks: [new Uint8Array([1])] } });
    expect(store.outbox.enclosures(control.messageId)).toEqual({ keyBlocks: [new Uint8Array([1])], control: card });
    store.outbox.putSealed({
      messageId: control.messageId,
      deliveryIds: [control.deliveryId],
      raw: new Uint8Array([5]),
    });
    expect(await store.outbox.sealed(control.deliveryId)).toEqual(new Uint8Array([5]));
    store.outbox.changeDelivery(control.deliveryId, {
      state: 'recipient-offline',
      reason: 'offline',
      attempts: 1,
      nextTryAt: NOW,
      tried: { ms: 3, at: NOW },
    });
    expect(store.outbox.tryTime(control.deliveryId)).toEqual({ ms: 3, at: NOW });
  });

  it('are in no list and in no search', async () => {
    const control = queueControl(card, { subject: 'Findable', text: 'findable words' });
    store.outbox.putSealed({
      messageId: control.messageId,
      deliveryIds: [control.deliveryId],
      raw: new Uint8Array([5]),
    });
    store.outbox.changeDelivery(control.deliveryId, { state: 'delivering', reason: 'none', attempts: 0 });
    store.outbox.recordRead({ deliveryId: control.deliveryId, at: NOW });
    expect(test.events.seen).toEqual([]);
    expect(store.messages.page({ folder: 'outbox', limit: 5 })).toEqual({ messages: [], more: false });
    expect([
      store.search.find({ text: 'findable', limit: 5 }),
      store.messages.thread(control.rfcMessageId),
      store.outbox.deliveries(),
      store.outbox.history(control.messageId),
    ]).toEqual([[], [], [], []]);
    expect(countsOf(store).outbox).toBe(0);
    for (const read of [
      () => store.messages.detail(control.messageId),
      () => store.messages.setFlags([control.messageId], { flagged: true }),
    ])
      expect(read).toThrow(unknown);
    await expect(store.messages.raw(control.messageId)).rejects.toThrow(unknown);
    expect([
      store.messages.reference({ rfcMessageId: control.rfcMessageId }),
      store.messages.reference({ messageId: control.messageId }),
    ]).toEqual([undefined, undefined]);
    const answer = received({ inReplyTo: control.rfcMessageId });
    await store.messages.receive(answer);
    expect(store.messages.detail(answer.id)).not.toHaveProperty('inReplyTo');
    const reply = saveDraft(store);
    test.events.clear();
    store.outbox.submit(submitted(reply, { inReplyTo: control.rfcMessageId, answers: control.messageId }));
    expect(test.events.types()).toEqual(['message.changed', 'delivery.changed', 'mailboxes.changed']);
    expect(countsOf(store).outbox).toBe(1);
  });

  it.each([
    { state: 'delivered', reason: 'none', attempts: 1, deliveredAt: NOW },
    { state: 'failed', reason: 'expired', attempts: 1 },
    { state: 'cancelled', reason: 'cancelled', attempts: 1 },
  ] as const)('are gone when they are $state', async (change) => {
    const control = queueControl(card);
    expect(store.outbox.changeDelivery(control.deliveryId, change)).toMatchObject({
      id: control.deliveryId,
      state: change.state,
    });
    expect(queuedControl()).toEqual([]);
    await expect(store.outbox.queued(control.messageId)).rejects.toThrow(unknown);
    expect(test.events.seen).toEqual([]);
  });

  it('are on their way until they are delivered, and the overview of holders is drawn anew for tokens', () => {
    const about = { to: BOB, topic: 'hold.tokens one' };
    const tokens = queueControl(card, { topic: about.topic });
    queueControl(card, { topic: 'other' });
    expect([
      store.control.isQueued(about),
      store.control.isQueued({ ...about, to: CAROL }),
      store.control.isQueued({ ...about, topic: 'hold.tokens two' }),
    ]).toEqual([true, false, false]);
    test.events.clear();
    store.outbox.changeDelivery(tokens.deliveryId, {
      state: 'delivered',
      reason: 'none',
      attempts: 1,
      deliveredAt: NOW,
    });
    expect(store.control.isQueued(about)).toBe(false);
    expect(test.events.types()).toEqual(['holding.changed']);
  });

  it('stay while a holder has them, are confirmed as mail is, and take no place in what mail tells of', () => {
    const contactId = addBob(test);
    const control = queueControl(card);
    test.events.clear();
    store.custody.asSender.counterOf({ contactId, deliveryId: control.deliveryId });
    leave(store, control.deliveryId);
    expect(store.outbox.delivery(control.deliveryId).state).toBe('held');
    expect(store.custody.asSender.outstanding(contactId)).toEqual([]);
    expect(store.custody.asSender.deliveryOf({ rfcMessageId: control.rfcMessageId, recipient: BOB })).toBe(
      control.deliveryId,
    );
    expect(test.events.seen).toEqual([]);
    putSending(store, control.deliveryId);
    const newer = queueControl(card);
    store.custody.asSender.settleCustody({ deliveryId: control.deliveryId, holder: DAVE, receipt: receipt() });
    expect(queuedControl()).toEqual([newer.messageId]);
  });

  it('give way to a newer one about the same to the same person, unless they are being sent', () => {
    const sending = queueControl(card);
    store.outbox.changeDelivery(sending.deliveryId, { state: 'delivering', reason: 'none', attempts: 0 });
    const carols = queueControl(card, { to: CAROL });
    queueControl(card);
    const newest = queueControl(card);
    expect(queuedControl()).toEqual([sending, carols, newest].map(({ messageId }) => messageId));
    const twice = newControl(card, { deliveryId: carols.deliveryId });
    expect(() => store.control.queue(twice)).toThrow();
    expect(queuedControl()).toContain(newest.messageId);
  });

  it('give way by their topic alone, whatever they say', () => {
    const older = queueControl(card, { topic: 'one' });
    const other = queueControl(card, { topic: 'another' });
    const newer = queueControl({ kind: 'door', issuedAt: NOW, door: null }, { topic: 'one' });
    expect(queuedControl()).toEqual([other, newer].map(({ messageId }) => messageId));
    expect(queuedControl()).not.toContain(older.messageId);
  });

  it('are taken once', async () => {
    const by = { from: BOB, rfcMessageId: `<${newMessageId()}@b>` };
    expect([
      store.control.record(by),
      test.reopen().control.record(by),
      store.control.record({ ...by, from: CAROL }),
    ]).toEqual([true, false, true]);
    expect(store.messages.hasReceived(by)).toBe(true);
    expect(await store.messages.receive(received(by))).toEqual({ outcome: 'duplicate' });
    expect(test.events.seen).toEqual([]);
  });
});
