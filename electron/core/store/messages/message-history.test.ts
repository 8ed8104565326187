import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HistoryEntry } from '../../../../shared/custody';
import type { DeliveryId, MessageId } from '../../../../shared/ids';
import type { DeliveryReason } from '../../../../shared/message';
import { MAX_HISTORY } from '../../domain/limits';
import type { MailStore } from '../../ports/storage/mail-store';
import { DAVE, DAY, submit } from '../testing/custody-fixtures';
import { BOB, CAROL, newDeliveryId, newMessageId, NOW, openTestStore, received } from '../testing/store-fixtures';
import type { TestStore } from '../testing/store-fixtures';

describe('the history of a message', () => {
  let test: TestStore;
  let store: MailStore;
  let messageId: MessageId;
  let id: DeliveryId;
  let carols: DeliveryId;
  beforeEach(() => {
    test = openTestStore();
    ({ store } = test);
    ({
      id: messageId,
      deliveries: [id, carols],
    } = submit(store, [BOB, CAROL]) as unknown as { id: MessageId; deliveries: [DeliveryId, DeliveryId] });
  });
  afterEach(() => {
    for (const entry of store.outbox.history(messageId)) HistoryEntry.parse(entry);
    test.remove();
  });

  const fail = (attempts: number, reason: DeliveryReason, at: number): unknown =>
    store.outbox.changeDelivery(id, {
      state: 'recipient-offline',
      reason,
      attempts,
      nextTryAt: at + 1,
      tried: { ms: attempts, at },
    });
  const kinds = (): string[] =>
    store.outbox
      .history(messageId)
      .filter(({ deliveryId }) => deliveryId === id)
      .map(({ kind }) => kind);

  it('begins when it is queued, for every recipient', () => {
    expect(store.outbox.history(messageId)).toEqual([
      { at: NOW + 5, deliveryId: id, recipient: BOB, kind: 'queued' },
      { at: NOW + 5, deliveryId: carols, recipient: CAROL, kind: 'queued' },
    ]);
    expect(store.outbox.history(newMessageId())).toEqual([]);
  });

  it('counts tries in a row that came to the same', async () => {
    fail(1, 'offline', NOW + 10);
    store.outbox.changeDelivery(carols, {
      state: 'recipient-offline',
      reason: 'busy',
      attempts: 1,
      tried: { ms: 1, at: NOW + 11 },
    });
    // What is no try: waiting, beginning, asking for one now.
    for (const state of ['waiting-for-tor', 'waiting-for-key', 'delivering', 'recipient-offline'] as const)
      store.outbox.changeDelivery(id, { state, reason: 'offline', attempts: 1 });
    fail(2, 'offline', NOW + 20);
    fail(3, 'busy', NOW + 30);
    fail(4, 'offline', NOW + 40);
    expect(test.reopen().outbox.history(messageId).slice(2)).toEqual([
      { at: NOW + 11, deliveryId: carols, recipient: CAROL, kind: 'tried', reason: 'busy', times: 1 },
      { at: NOW + 20, deliveryId: id, recipient: BOB, kind: 'tried', reason: 'offline', times: 2 },
      { at: NOW + 30, deliveryId: id, recipient: BOB, kind: 'tried', reason: 'busy', times: 1 },
      { at: NOW + 40, deliveryId: id, recipient: BOB, kind: 'tried', reason: 'offline', times: 1 },
    ]);
    expect(store.outbox.tryTime(id)).toEqual({ ms: 4, at: NOW + 40 });
    const {
      deliveries: [untried],
    } = submit(store);
    expect(store.outbox.tryTime(untried!)).toEqual({ ms: 0 });
    const stored = await store.messages.receive(received());
    expect(stored.outcome === 'stored' ? store.outbox.history(stored.summary.id) : undefined).toEqual([]);
  });

  it('ends with how it ended, at the time that was told or the last one known', () => {
    fail(1, 'offline', NOW + 10);
    store.outbox.changeDelivery(id, { state: 'failed', reason: 'refused', attempts: 2, at: NOW + 20 });
    store.outbox.changeDelivery(id, { state: 'failed', reason: 'refused', attempts: 2, at: NOW + 21 });
    store.outbox.changeDelivery(carols, { state: 'cancelled', reason: 'cancelled', attempts: 0 });
    expect(store.outbox.history(messageId).slice(3)).toMatchObject([
      { kind: 'failed', reason: 'refused', at: NOW + 20 },
      { kind: 'cancelled', at: NOW + 5 },
    ]);
  });

  it('says that the recipient took it, or that they say so', () => {
    store.outbox.changeDelivery(carols, { state: 'delivered', reason: 'none', attempts: 1, deliveredAt: NOW + 30 });
    store.outbox.addHistory({ deliveryId: id, kind: 'delivered', at: NOW + 40 });
    store.outbox.changeDelivery(id, { state: 'delivered', reason: 'none', attempts: 1, deliveredAt: NOW + 40 });
    expect(kinds()).toEqual(['queued', 'delivered']);
    expect(store.outbox.history(messageId)[2]).toMatchObject({ kind: 'accepted', at: NOW + 30, deliveryId: carols });
  });

  it('tells of holders, and once of each receipt and of reading', () => {
    const held = { deliveryId: id, kind: 'held', at: NOW + 10, holder: DAVE, until: NOW + DAY } as const;
    for (const entry of [held, held, { ...held, until: NOW + 2 * DAY }]) store.outbox.addHistory(entry);
    store.outbox.addHistory({ deliveryId: id, kind: 'holder-refused', at: NOW + 11, holder: DAVE });
    store.outbox.addHistory({ deliveryId: id, kind: 'missing', at: NOW + 12, holder: DAVE });
    test.events.clear();
    for (const at of [NOW + 13, NOW + 14]) store.outbox.recordRead({ deliveryId: id, at });
    store.outbox.addHistory({ deliveryId: id, kind: 'read', at: NOW + 15 });
    expect(kinds()).toEqual(['queued', 'held', 'held', 'holder-refused', 'missing', 'read']);
    expect(store.outbox.delivery(id).readAt).toBe(NOW + 13);
    expect(test.events.seen).toMatchObject([{ type: 'delivery.changed', delivery: { id, readAt: NOW + 13 } }]);
    store.outbox.addHistory({ ...held, deliveryId: newDeliveryId() });
    expect(() => store.outbox.recordRead({ deliveryId: newDeliveryId(), at: NOW })).toThrow(
      expect.objectContaining({ code: 'delivery-unknown' }) as Error,
    );
  });

  it('has no more than so many entries, and goes with the message', () => {
    for (let at = 0; at < MAX_HISTORY + 10; at += 1) store.outbox.addHistory({ deliveryId: id, kind: 'missing', at });
    const history = store.outbox.history(messageId);
    expect(history).toHaveLength(MAX_HISTORY);
    expect(history.at(0)?.at).toBe(10);
    for (const each of [id, carols])
      store.outbox.changeDelivery(each, { state: 'cancelled', reason: 'cancelled', attempts: 0 });
    store.messages.move([messageId], 'trash');
    store.messages.delete([messageId]);
    expect(store.outbox.history(messageId)).toEqual([]);
  });
});
