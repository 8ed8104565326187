import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CoreEvent } from '../../../../shared/contract/core-events';
import { MailAddress } from '../../../../shared/ids';
import type { DeliveryChange } from '../../domain/delivery-outcome';
import type { MailStore } from '../../ports/storage/mail-store';
import { addBob, DAVE, DAY, ERIN, leave, putSending, receipt, submit } from '../testing/custody-fixtures';
import { BOB, CAROL, contact, newContactId, newDeliveryId, NOW, openTestStore } from '../testing/store-fixtures';
import type { TestStore } from '../testing/store-fixtures';
import { MAX_OUTSTANDING } from '../../domain/custody-limits';

const offline: DeliveryChange = {
  state: 'recipient-offline',
  reason: 'offline',
  attempts: 1,
  nextTryAt: NOW + 60_000,
  tried: { ms: 5, at: NOW + 7 },
};
const delivered: DeliveryChange = { state: 'delivered', reason: 'none', attempts: 2, deliveredAt: NOW + 50 };
const unknown = expect.objectContaining({ code: 'delivery-unknown' }) as Error;

describe('copies with holders', () => {
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

  it('keep their envelope until the holder has answered', async () => {
    const [id] = submit(store).deliveries;
    const custody = putSending(store, id!);
    putSending(store, id!, ERIN);
    expect(test.reopen().custody.asSender.custodies(id!)).toEqual([custody, { ...custody, holder: ERIN }]);
    expect(await store.custody.asSender.heldEnvelopeOf({ deliveryId: id!, holder: DAVE })).toEqual(
      new Uint8Array([1, 2, 3]),
    );
    const given = receipt();
    store.custody.asSender.settleCustody({ deliveryId: id!, holder: DAVE, receipt: given });
    store.custody.asSender.settleCustody({ deliveryId: id!, holder: ERIN });
    expect(store.custody.asSender.custodies(id!)).toEqual([
      { ...custody, state: 'held', receipt: given },
      { ...custody, holder: ERIN, state: 'refused' },
    ]);
    for (const holder of [DAVE, ERIN])
      expect(await store.custody.asSender.heldEnvelopeOf({ deliveryId: id!, holder })).toBeUndefined();
    putSending(store, id!, ERIN);
    expect(store.custody.asSender.custodies(id!)[1]).toMatchObject({ state: 'sending' });
    expect(() => putSending(store, newDeliveryId())).toThrow(unknown);
    store.custody.asSender.settleCustody({ deliveryId: newDeliveryId(), holder: DAVE, receipt: given });
  });

  it('end with the key that signed their message, which is left anew', async () => {
    const {
      id: messageId,
      deliveries: [id],
    } = submit(store);
    store.outbox.putSealed({ messageId, deliveryIds: [id!], raw: new Uint8Array([1]) });
    store.outbox.changeDelivery(id!, offline);
    leave(store, id!);
    putSending(store, id!, ERIN);
    test.events.clear();
    store.outbox.dropSealed();
    const waiting = store.outbox.delivery(id!);
    expect(waiting).toMatchObject({ state: 'recipient-offline', expiresAt: NOW + 21 * DAY });
    expect([waiting.heldBy, waiting.heldUntil, waiting.nextTryAt, await store.outbox.sealed(id!)]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(store.custody.asSender.custodies(id!).map(({ state }) => state)).toEqual(['refused', 'refused']);
    expect(await store.custody.asSender.heldEnvelopeOf({ deliveryId: id!, holder: ERIN })).toBeUndefined();
    expect(test.events.seen).toEqual([{ type: 'delivery.changed', delivery: waiting }]);
  });

  it('make a delivery held, and let it live longer than the last of them', () => {
    const {
      id: messageId,
      deliveries: [id],
    } = submit(store);
    store.outbox.changeDelivery(id!, offline);
    test.events.clear();
    leave(store, id!);
    leave(store, id!, receipt(ERIN, { until: NOW + 3 * DAY, at: NOW + 11 }));
    const held = store.outbox.delivery(id!);
    expect(held).toMatchObject({
      state: 'held',
      heldBy: 2,
      heldUntil: NOW + 20 * DAY,
      expiresAt: NOW + 21 * DAY,
      attempts: 1,
      nextTryAt: NOW + 60_000,
    });
    expect(test.events.seen).toMatchObject([
      { type: 'delivery.changed', delivery: { state: 'held', heldBy: 1 } },
      { delivery: held },
    ]);
    expect(store.messages.page({ folder: 'outbox', limit: 1 }).messages[0]?.deliveries).toEqual([held]);
    expect(store.outbox.deliveries({ unfinishedOnly: true })).toEqual([held]);
    expect(store.outbox.history(messageId).slice(2)).toEqual([
      { at: NOW + 10, deliveryId: id, recipient: BOB, kind: 'held', holder: DAVE, until: NOW + 20 * DAY },
      { at: NOW + 11, deliveryId: id, recipient: BOB, kind: 'held', holder: ERIN, until: NOW + 3 * DAY },
    ]);
  });

  it('leave a delivery held while direct tries go on', () => {
    const [id] = submit(store).deliveries;
    leave(store, id!);
    expect(store.outbox.changeDelivery(id!, { state: 'delivering', reason: 'none', attempts: 0 }).state).toBe(
      'delivering',
    );
    expect(store.outbox.changeDelivery(id!, offline)).toMatchObject({
      state: 'held',
      reason: 'offline',
      attempts: 1,
      nextTryAt: NOW + 60_000,
    });
    expect(store.outbox.tryTime(id!)).toEqual({ ms: 5, at: NOW + 7 });
    expect(store.outbox.changeDelivery(id!, { state: 'waiting-for-tor', reason: 'offline', attempts: 1 }).state).toBe(
      'held',
    );
    test.events.clear();
    store.outbox.changeDelivery(id!, { state: 'waiting-for-tor', reason: 'offline', attempts: 1 });
    expect(test.events.seen).toEqual([]);
    expect(store.outbox.changeDelivery(id!, delivered)).toMatchObject({ state: 'delivered', heldBy: 1 });
  });

  it('that a holder does not have after all count no longer', () => {
    const [id] = submit(store).deliveries;
    leave(store, id!);
    leave(store, id!, receipt(ERIN));
    test.events.clear();
    store.custody.asSender.settleCustody({ deliveryId: id!, holder: ERIN });
    expect(store.outbox.delivery(id!)).toMatchObject({ state: 'held', heldBy: 1 });
    store.custody.asSender.settleCustody({ deliveryId: id!, holder: DAVE });
    expect(store.outbox.delivery(id!)).toMatchObject({ state: 'recipient-offline', expiresAt: NOW + 21 * DAY });
    expect(test.events.seen).toMatchObject([
      { delivery: { state: 'held', heldBy: 1 } },
      { delivery: { state: 'recipient-offline' } },
    ]);
    expect(store.outbox.delivery(id!)).not.toHaveProperty('heldBy');
    expect(store.outbox.changeDelivery(id!, { state: 'held', reason: 'offline', attempts: 1 }).state).toBe(
      'recipient-offline',
    );
    leave(store, id!);
    expect(store.outbox.delivery(id!).state).toBe('held');
  });

  it('are of no use when a delivery is over, but what a holder said stays', async () => {
    const {
      id: messageId,
      deliveries: [id],
    } = submit(store);
    putSending(store, id!);
    leave(store, id!, receipt(ERIN));
    store.outbox.changeDelivery(id!, delivered);
    expect(await store.custody.asSender.heldEnvelopeOf({ deliveryId: id!, holder: DAVE })).toBeUndefined();
    expect(store.custody.asSender.custodies(id!)).toMatchObject([{ state: 'held', receipt: { holder: ERIN } }]);
    store.custody.asSender.settleCustody({ deliveryId: id!, holder: DAVE, receipt: receipt() });
    expect(store.outbox.delivery(id!)).toMatchObject({ state: 'delivered', heldBy: 1, expiresAt: NOW + 21 * DAY });
    store.messages.move([messageId], 'trash');
    store.messages.delete([messageId]);
    expect(store.custody.asSender.custodies(id!)).toEqual([]);
  });

  it('are numbered for each contact, once and for all', () => {
    const bob = addBob(test);
    const carol = store.contacts.add(contact({ identityId: test.identityId, address: CAROL })).id;
    const ids = [1, 2, 3].map(() => submit(store).deliveries[0]!);
    const count = (contactId: typeof bob, index: number): number =>
      store.custody.asSender.counterOf({ contactId, deliveryId: ids[index]! });
    expect([count(bob, 0), count(bob, 1), count(bob, 0), count(carol, 2)]).toEqual([1, 2, 1, 1]);
    expect(test.reopen().custody.asSender.counterOf({ contactId: bob, deliveryId: submit(store).deliveries[0]! })).toBe(
      3,
    );
    expect(() => store.custody.asSender.counterOf({ contactId: bob, deliveryId: newDeliveryId() })).toThrow(unknown);
    expect(() => store.custody.asSender.counterOf({ contactId: newContactId(), deliveryId: ids[0]! })).toThrow(
      expect.objectContaining({ code: 'contact-unknown' }) as Error,
    );
  });

  it('are outstanding until a delivery is over, newest first and not without end', () => {
    const bob = addBob(test);
    const sent = Array.from({ length: MAX_OUTSTANDING + 2 }, () => submit(store));
    const receipts = sent.map(({ deliveries: [id] }) => {
      store.custody.asSender.counterOf({ contactId: bob, deliveryId: id! });
      return leave(store, id!);
    });
    const {
      deliveries: [unsettled],
    } = submit(store);
    store.custody.asSender.counterOf({ contactId: bob, deliveryId: unsettled! });
    putSending(store, unsettled!);
    store.outbox.changeDelivery(sent.at(-1)!.deliveries[0]!, delivered);
    const second = leave(store, sent.at(-2)!.deliveries[0]!, receipt(ERIN));
    const outstanding = store.custody.asSender.outstanding(bob);
    expect(outstanding).toHaveLength(MAX_OUTSTANDING);
    const {
      rfcMessageId,
      deliveries: [deliveryId],
    } = sent.at(-2)!;
    expect(outstanding[0]).toEqual({
      deliveryId,
      rfcMessageId,
      counter: MAX_OUTSTANDING + 1,
      receipts: [receipts.at(-2), second],
    });
    expect(outstanding.at(-1)?.counter).toBe(2);
    expect(store.custody.asSender.outstanding(newContactId())).toEqual([]);
  });

  it('are found by the message and its recipient', () => {
    const tagged = MailAddress.parse(BOB.replace('@', '+garden@'));
    const {
      rfcMessageId,
      deliveries: [toTag, toBob],
    } = submit(store, [tagged, BOB]);
    const other = submit(store, [tagged]);
    const find = (id: string, recipient: MailAddress): unknown =>
      store.custody.asSender.deliveryOf({ rfcMessageId: id, recipient });
    expect([find(rfcMessageId, BOB), find(rfcMessageId, tagged), find(other.rfcMessageId, BOB)]).toEqual([
      toBob,
      toTag,
      other.deliveries[0],
    ]);
    store.outbox.changeDelivery(other.deliveries[0]!, delivered);
    expect(find(other.rfcMessageId, BOB)).toBe(other.deliveries[0]);
    expect([find(rfcMessageId, CAROL), find('<x@y>', BOB)]).toEqual([undefined, undefined]);
  });
});
