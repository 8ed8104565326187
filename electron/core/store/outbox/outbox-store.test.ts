import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CoreEvent } from '../../../../shared/contract/core-events';
import type { MessageId } from '../../../../shared/ids';
import { MessageSummary } from '../../../../shared/message';
import { RESUBMISSION_MS } from '../../domain/client-limits';
import type { DeliveryChange } from '../../domain/delivery-outcome';
import type { MailStore } from '../../ports/storage/mail-store';
import { FINISHED, SELECT_DELIVERIES } from '../messages/delivery-rows';
import { mailMigrations } from '../migrations/mail-schema';
import { openDatabase } from '../sql/open-database';
import { computingTime } from '../../testing/computing-time';
import {
  ALICE,
  countsOf,
  BOB,
  CAROL,
  newAttachmentId,
  newDeliveryId,
  newMessageId,
  NOW,
  openTestStore,
  received,
  saveDraft,
  submitted,
} from '../testing/store-fixtures';
import type { TestStore } from '../testing/store-fixtures';

const unknown = expect.objectContaining({ code: 'message-unknown' }) as Error;
const delivered: DeliveryChange = { state: 'delivered', reason: 'none', attempts: 1, deliveredAt: NOW + 50 };

describe('the outbox', () => {
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

  const toBob = { id: newDeliveryId(), recipient: BOB, state: 'waiting-for-tor', expiresAt: NOW + 1_000_000 } as const;
  const toCarol = {
    id: newDeliveryId(),
    recipient: CAROL,
    state: 'waiting-for-key',
    expiresAt: NOW + 1_000_000,
  } as const;
  const submitToBoth = (): MessageId => {
    const id = saveDraft(store);
    store.outbox.submit(submitted(id, { bcc: [CAROL], deliveries: [toBob, toCarol] }));
    return id;
  };

  it('keeps a letter that was no draft in one commit, with its page and pictures', async () => {
    const content = new Uint8Array([7]);
    const letter = {
      ...submitted(newMessageId(), { bcc: [CAROL], deliveries: [toCarol] }),
      ...{ from: ALICE, subject: 'Cider', text: 'Shall we press?', html: '<img src="cid:p@x">' },
      attachments: [
        { id: newAttachmentId(), filename: 'p.png', contentType: 'image/png', contentId: 'p@x', content },
        { id: newAttachmentId(), filename: 'plan.txt', contentType: 'text/plain', content },
      ],
    };
    expect(store.outbox.submitLetter(letter)).toEqual({ messageId: letter.messageId, isNew: true });
    const { summary } = store.messages.detail(letter.messageId);
    expect(test.events.seen.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['message.stored', 'delivery.changed']),
    );
    expect(test.events.seen.filter(({ type }) => type.startsWith('message.'))).toHaveLength(1);
    expect(summary).toMatchObject({ folder: 'outbox', subject: 'Cider', attachmentCount: 1, protection: 'own' });
    const { attachments } = store.messages.detail(letter.messageId);
    expect(attachments.map(({ inline }) => inline)).toEqual([true, false]);
    const queued = await store.outbox.queued(letter.messageId);
    expect(queued).toMatchObject({ html: letter.html, attachments: [{ contentId: 'p@x', content }, { content }] });
    expect(queued.attachments[1]).not.toHaveProperty('contentId');
    expect(store.search.find({ text: 'press', limit: 9 })).toHaveLength(1);
  });

  it('queues a letter once that comes again within hours, also after a restart', () => {
    const letter = (digest: string, date = NOW) => ({
      ...submitted(newMessageId(), { deliveries: [{ ...toBob, id: newDeliveryId() }] }),
      ...{ from: ALICE, subject: 'Once', text: 'x', attachments: [], digest, date },
    });
    const first = store.outbox.submitLetter(letter('d1'));
    expect(first.isNew).toBe(true);
    expect(store.outbox.submitLetter(letter('d2')).isNew).toBe(true);
    test.store.close();
    store = test.reopen();
    const again = letter('d1', NOW + RESUBMISSION_MS - 1);
    expect(store.outbox.submitLetter(again)).toEqual({ messageId: first.messageId, isNew: false });
    expect(store.outbox.deliveries()).toHaveLength(2);
    expect(store.outbox.submitLetter(letter('d1', NOW + RESUBMISSION_MS)).isNew).toBe(true);
  });

  it.each(['failed', 'cancelled'] as const)(
    'queues a letter that has %s once more when it is submitted again',
    (state) => {
      const letter = () => {
        const deliveries = [toBob, toCarol].map((each) => ({ ...each, id: newDeliveryId() }));
        return { ...submitted(newMessageId(), { deliveries }), ...{ from: ALICE, subject: 'Again', text: 'x' } };
      };
      const submit = (of = letter()) => store.outbox.submitLetter({ ...of, attachments: [], digest: 'd', date: NOW });
      const { deliveries } = letter();
      const first = submit({ ...letter(), deliveries });
      const [one, other] = deliveries.map(({ id }) => id);
      store.outbox.changeDelivery(one!, { state, reason: 'none', attempts: 1 });
      // The other one is still on its way.
      expect(submit()).toEqual({ messageId: first.messageId, isNew: false });
      store.outbox.changeDelivery(other!, { state, reason: 'none', attempts: 1 });
      const { messageId, isNew } = submit();
      expect(isNew).toBe(true);
      expect(submit()).toEqual({ messageId, isNew: false });
    },
  );

  it('turns the draft into the queued message, newest of all', async () => {
    const id = saveDraft(store);
    const attachment = { filename: 'plan.txt', contentType: 'text/plain', content: new Uint8Array([7]) };
    store.drafts.attach({ draftId: id, id: newAttachmentId(), attachment });
    await store.messages.receive(received());
    test.events.clear();
    const message = submitted(id, {
      cc: [CAROL],
      references: ['<a@b>'],
      inReplyTo: '<a@b>',
      deliveries: [toBob, toCarol],
    });
    const summary = MessageSummary.parse(store.outbox.submit(message));
    expect(summary).toMatchObject({
      id,
      folder: 'outbox',
      to: [BOB],
      cc: [CAROL],
      threadId: message.threadId,
      date: NOW + 5,
      seen: true,
    });
    expect(summary.sequence).toBeGreaterThan(store.messages.page({ folder: 'inbox', limit: 1 }).messages[0]!.sequence);
    expect(summary.deliveries).toEqual([
      { ...toBob, identityId: test.identityId, messageId: id, reason: 'none', attempts: 0 },
      { ...toCarol, identityId: test.identityId, messageId: id, reason: 'none', attempts: 0 },
    ]);
    expect(test.events.types()).toEqual([
      'message.changed',
      'delivery.changed',
      'delivery.changed',
      'mailboxes.changed',
    ]);
    expect(test.events.seen[3]).toMatchObject({
      mailboxes: [
        { specialUse: 'drafts', messages: 0 },
        { specialUse: 'outbox', messages: 1 },
      ],
    });
    expect(await store.outbox.queued(id)).toEqual({
      messageId: id,
      rfcMessageId: message.rfcMessageId,
      inReplyTo: '<a@b>',
      references: ['<a@b>'],
      to: [BOB],
      cc: [CAROL],
      bcc: [],
      subject: 'Cider',
      text: 'Shall we press on Sunday?',
      date: NOW + 5,
      attachments: [attachment],
    });
    expect(() => store.outbox.submit(message)).toThrow(unknown);
  });

  it('changes nothing when a delivery cannot be kept', () => {
    submitToBoth();
    const other = saveDraft(store);
    test.events.clear();
    expect(() => store.outbox.submit(submitted(other, { deliveries: [toBob] }))).toThrow();
    expect(store.drafts.get(other).content.subject).toBe('Cider');
    expect(test.events.seen).toEqual([]);
  });

  it.each(['by its id', 'by its Message-ID'])('marks what it answers, known %s', async (by) => {
    const original = received();
    await store.messages.receive(original);
    const id = saveDraft(store, by === 'by its id' ? { inReplyTo: original.id } : {});
    test.events.clear();
    const { threadId } = store.messages.detail(original.id).summary;
    store.outbox.submit(submitted(id, { inReplyTo: original.rfcMessageId, answers: original.id, threadId }));
    expect(store.messages.detail(original.id).summary.answered).toBe(true);
    expect(store.messages.detail(id).inReplyTo).toBe(original.id);
    expect(test.events.seen.at(-2)).toMatchObject({
      type: 'message.changed',
      message: { id: original.id, answered: true },
    });
  });

  it('keeps final bytes once for several deliveries', async () => {
    const id = submitToBoth();
    expect(await store.outbox.sealed(toBob.id)).toBeUndefined();
    await expect(store.messages.raw(id)).rejects.toThrow(unknown);
    const raw = new Uint8Array([1, 2, 3]);
    test.events.clear();
    store.outbox.putSealed({ messageId: id, deliveryIds: [toBob.id, toCarol.id], raw });
    expect([
      await store.outbox.sealed(toBob.id),
      await store.outbox.sealed(toCarol.id),
      await store.messages.raw(id),
    ]).toEqual([raw, raw, raw]);
    expect(test.events.seen).toMatchObject([{ type: 'message.changed', message: { id, size: 3 } }]);
  });

  it('never replaces the bytes of a delivery', async () => {
    const id = submitToBoth();
    store.outbox.putSealed({ messageId: id, deliveryIds: [toBob.id], raw: new Uint8Array([1]) });
    store.outbox.putSealed({ messageId: id, deliveryIds: [toBob.id, toCarol.id], raw: new Uint8Array([2]) });
    expect([
      await store.outbox.sealed(toBob.id),
      await store.outbox.sealed(toCarol.id),
      await store.messages.raw(id),
    ]).toEqual([[1], [2], [1]].map((bytes) => new Uint8Array(bytes)));
  });

  it('forgets the bytes of what waits, but not of what somebody has got', async () => {
    const id = submitToBoth();
    const raw = new Uint8Array([1]);
    store.outbox.putSealed({ messageId: id, deliveryIds: [toBob.id], raw });
    store.outbox.putSealed({ messageId: id, deliveryIds: [toCarol.id], raw: new Uint8Array([2]) });
    store.outbox.changeDelivery(toBob.id, delivered);
    store.outbox.dropSealed();
    expect(await store.outbox.sealed(toCarol.id)).toBeUndefined();
    expect(await store.messages.raw(id)).toEqual(raw);
    store.outbox.putSealed({ messageId: id, deliveryIds: [toCarol.id], raw: new Uint8Array([3]) });
    expect(await store.outbox.sealed(toCarol.id)).toEqual(new Uint8Array([3]));
    expect(await store.messages.raw(id)).toEqual(raw);
  });

  it('seals only what is in the outbox, and only deliveries of that message', async () => {
    const id = submitToBoth();
    const other = saveDraft(store);
    const raw = new Uint8Array([1]);
    expect(() => store.outbox.putSealed({ messageId: other, deliveryIds: [], raw })).toThrow(unknown);
    store.outbox.submit(submitted(other));
    expect(() => store.outbox.putSealed({ messageId: other, deliveryIds: [toBob.id], raw })).toThrow(unknown);
    expect(await store.outbox.sealed(toBob.id)).toBeUndefined();
    await expect(store.outbox.sealed(newDeliveryId())).rejects.toThrow(
      expect.objectContaining({ code: 'delivery-unknown' }) as Error,
    );
    await expect(store.outbox.queued(saveDraft(store))).rejects.toThrow(unknown);
    expect((await store.outbox.queued(id)).messageId).toBe(id);
  });

  it('tells the outcome of each try', () => {
    submitToBoth();
    test.events.clear();
    const changed = store.outbox.changeDelivery(toBob.id, {
      state: 'recipient-offline',
      reason: 'offline',
      attempts: 2,
      nextTryAt: NOW + 60_000,
    });
    expect(changed).toMatchObject({
      state: 'recipient-offline',
      reason: 'offline',
      attempts: 2,
      nextTryAt: NOW + 60_000,
    });
    expect(store.outbox.delivery(toBob.id)).toEqual(changed);
    expect(test.events.seen).toEqual([{ type: 'delivery.changed', delivery: changed }]);
    expect(
      store.outbox.changeDelivery(toBob.id, { state: 'delivering', reason: 'none', attempts: 3 }),
    ).not.toHaveProperty('nextTryAt');
    expect(() => store.outbox.changeDelivery(newDeliveryId(), delivered)).toThrow(
      expect.objectContaining({ code: 'delivery-unknown' }) as Error,
    );
  });

  it('moves the message to Sent with its last delivery, and drops copies made for one recipient', async () => {
    const id = submitToBoth();
    store.outbox.putSealed({ messageId: id, deliveryIds: [toBob.id], raw: new Uint8Array([1]) });
    store.outbox.putSealed({ messageId: id, deliveryIds: [toCarol.id], raw: new Uint8Array([2]) });
    store.outbox.changeDelivery(toBob.id, delivered);
    expect(store.messages.detail(id).summary.folder).toBe('outbox');
    expect(store.outbox.deliveries({ unfinishedOnly: true }).map((delivery) => delivery.id)).toEqual([toCarol.id]);
    test.events.clear();
    store.outbox.changeDelivery(toCarol.id, { state: 'failed', reason: 'refused', attempts: 1 });
    expect(test.events.types()).toEqual(['delivery.changed', 'message.changed', 'mailboxes.changed']);
    expect(test.events.seen[1]).toMatchObject({
      message: { id, folder: 'sent', deliveries: [{ state: 'delivered' }, { state: 'failed' }] },
    });
    expect(countsOf(store)).toMatchObject({ outbox: 0, sent: 0 });
    expect(await store.messages.raw(id)).toEqual(new Uint8Array([1]));
    expect(await store.outbox.sealed(toCarol.id)).toBeUndefined();
    expect(store.outbox.deliveries({ unfinishedOnly: true })).toEqual([]);
    expect(store.outbox.deliveries()).toHaveLength(2);
  });

  it('forgets deliveries with their deleted message', () => {
    const id = submitToBoth();
    store.outbox.changeDelivery(toBob.id, delivered);
    store.outbox.changeDelivery(toCarol.id, { state: 'cancelled', reason: 'cancelled', attempts: 0 });
    store.messages.move([id], 'trash');
    store.messages.delete([id]);
    expect(store.outbox.deliveries()).toEqual([]);
    expect(() => store.outbox.delivery(toBob.id)).toThrow(
      expect.objectContaining({ code: 'delivery-unknown' }) as Error,
    );
  });

  it('finds what is not over without walking through all mail', () => {
    const sql = openDatabase({ path: test.path, key: test.key, migrations: mailMigrations, mode: 'existing' });
    const plan = sql.all<{ detail: string }>(
      `EXPLAIN QUERY PLAN ${SELECT_DELIVERIES} WHERE d.state NOT IN ${FINISHED} AND m.kind = 'mail' ORDER BY m.sequence, d.row`,
    );
    sql.close();
    expect(plan.map(({ detail }) => detail)).toContain('SCAN d USING INDEX deliveries_unfinished');
    expect(plan.map(({ detail }) => detail)).toContain('SEARCH m USING INTEGER PRIMARY KEY (rowid=?)');
  });

  it('seals anew at a cost that does not grow with the mail there is', () => {
    const id = submitToBoth();
    const cost = (): number => {
      const computed = computingTime();
      for (let time = 0; time < 20; time += 1) {
        store.outbox.putSealed({ messageId: id, deliveryIds: [toBob.id], raw: new Uint8Array([time]) });
        if (time % 2 === 0) store.outbox.sealAnew(toBob.id);
        else store.outbox.dropSealed();
      }
      return computed();
    };
    const few = Math.min(cost(), cost(), cost());
    const sql = openDatabase({ path: test.path, key: test.key, migrations: mailMigrations, mode: 'existing' });
    sql.exec(`
      WITH n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
      INSERT INTO messages (id, mailbox, sequence, thread_id, from_address, to_addresses, cc_addresses, bcc_addresses,
        subject, preview, date, stored_at, seen, attachment_count, size, protection, protection_reason)
      SELECT 'm' || i, 1, 1000 + i, i, '', '[]', '[]', '[]', '', '', i, i, 1, 0, 1, 'verified', 'ok' FROM n`);
    sql.close();
    expect(Math.min(cost(), cost(), cost())).toBeLessThan(5 * few);
    store.outbox.putSealed({ messageId: id, deliveryIds: [toBob.id], raw: new Uint8Array([1]) });
  });

  it('goes on after a restart where it was', async () => {
    const id = submitToBoth();
    store.outbox.putSealed({ messageId: id, deliveryIds: [toBob.id], raw: new Uint8Array([1]) });
    store.close();
    const again = test.reopen();
    expect(again.outbox.deliveries({ unfinishedOnly: true })).toHaveLength(2);
    expect(await again.outbox.sealed(toBob.id)).toEqual(new Uint8Array([1]));
    expect(again.messages.page({ folder: 'outbox', limit: 5 }).messages[0]!.deliveries).toHaveLength(2);
    expect(again.messages.reference({ messageId: newMessageId() })).toBeUndefined();
  });
});
