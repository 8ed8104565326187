import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CoreEvent } from '../../../../shared/core-events';
import type { PeerNote } from '../../../../shared/peer-note';
import type { NewNote } from '../../ports/custody-store';
import type { MailStore } from '../../ports/mail-store';
import { topicOf } from './queue-control';
import {
  addBob,
  agreement,
  DAVE,
  holderCard,
  leave,
  newAgreementId,
  newNote,
  putSending,
  receipt,
  SIGNATURE,
} from '../testing/holding-fixtures';
import {
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
const card: PeerNote = { kind: 'hold.card', card: holderCard() };

describe('notes between programs', () => {
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

  const submitNote = (note: PeerNote, change: Partial<NewNote> = {}): NewNote => {
    const made = newNote(note, change);
    store.submitNote(made);
    return made;
  };
  const queuedNotes = (): string[] => store.deliveries({ withNotes: true }).map(({ messageId }) => messageId);

  it('are queued, sealed and tried as mail is', () => {
    const note = submitNote(card);
    const [delivery] = store.deliveries({ unfinishedOnly: true, withNotes: true });
    expect(delivery).toEqual({
      id: note.deliveryId,
      identityId: test.identityId,
      messageId: note.messageId,
      recipient: BOB,
      state: 'waiting-for-tor',
      reason: 'none',
      attempts: 0,
      expiresAt: note.expiresAt,
    });
    const { rfcMessageId, subject, text } = note;
    expect(test.reopen().queued(note.messageId)).toEqual({
      messageId: note.messageId,
      rfcMessageId,
      references: [],
      to: [BOB],
      cc: [],
      bcc: [],
      subject,
      text,
      date: NOW,
      attachments: [],
      note: card,
    });
    store.putParcel({ messageId: note.messageId, parcel: { keyBlocks: [new Uint8Array([1])] } });
    expect(store.parcel(note.messageId)).toEqual({ keyBlocks: [new Uint8Array([1])], note: card });
    store.putSealed({ messageId: note.messageId, deliveryIds: [note.deliveryId], raw: new Uint8Array([5]) });
    expect(store.sealed(note.deliveryId)).toEqual(new Uint8Array([5]));
    store.changeDelivery(note.deliveryId, {
      state: 'recipient-offline',
      reason: 'offline',
      attempts: 1,
      nextTryAt: NOW,
      tried: { ms: 3, at: NOW },
    });
    expect(store.tryTime(note.deliveryId)).toEqual({ ms: 3, at: NOW });
  });

  it('are seen by nobody', async () => {
    const note = submitNote(card, { subject: 'Findable', text: 'findable words' });
    store.putSealed({ messageId: note.messageId, deliveryIds: [note.deliveryId], raw: new Uint8Array([5]) });
    store.changeDelivery(note.deliveryId, { state: 'delivering', reason: 'none', attempts: 0 });
    store.noteRead({ deliveryId: note.deliveryId, at: NOW });
    expect(test.events.seen).toEqual([]);
    expect(store.page({ folder: 'outbox', limit: 5 })).toEqual({ messages: [], more: false });
    expect([
      store.search({ text: 'findable', limit: 5 }),
      store.thread(note.rfcMessageId),
      store.deliveries(),
      store.history(note.messageId),
    ]).toEqual([[], [], [], []]);
    expect(store.counts().outbox).toBe(0);
    for (const read of [
      () => store.detail(note.messageId),
      () => store.raw(note.messageId),
      () => store.setFlags([note.messageId], { flagged: true }),
    ])
      expect(read).toThrow(unknown);
    expect([
      store.reference({ rfcMessageId: note.rfcMessageId }),
      store.reference({ messageId: note.messageId }),
    ]).toEqual([undefined, undefined]);
    const answer = received({ inReplyTo: note.rfcMessageId });
    await store.receive(answer);
    expect(store.detail(answer.id)).not.toHaveProperty('inReplyTo');
    const reply = saveDraft(store);
    test.events.clear();
    store.submit(submitted(reply, { inReplyTo: note.rfcMessageId }));
    expect(test.events.types()).toEqual(['message.changed', 'delivery.changed', 'folders.changed']);
    expect(store.counts().outbox).toBe(1);
  });

  it.each([
    { state: 'delivered', reason: 'none', attempts: 1, deliveredAt: NOW },
    { state: 'failed', reason: 'expired', attempts: 1 },
    { state: 'cancelled', reason: 'cancelled', attempts: 1 },
  ] as const)('are gone when they are $state', (change) => {
    const note = submitNote(card);
    expect(store.changeDelivery(note.deliveryId, change)).toMatchObject({ id: note.deliveryId, state: change.state });
    expect(queuedNotes()).toEqual([]);
    expect(() => store.queued(note.messageId)).toThrow(unknown);
    expect(test.events.seen).toEqual([]);
  });

  it('stay while a holder has them, are confirmed as mail is, and take no place in what mail tells of', () => {
    const contactId = addBob(test);
    const note = submitNote(card);
    test.events.clear();
    store.counterOf({ contactId, deliveryId: note.deliveryId });
    leave(store, note.deliveryId);
    expect(store.delivery(note.deliveryId).state).toBe('held');
    expect(store.outstanding(contactId)).toEqual([]);
    expect(store.deliveryOf({ rfcMessageId: note.rfcMessageId, recipient: BOB })).toBe(note.deliveryId);
    expect(test.events.seen).toEqual([]);
    putSending(store, note.deliveryId);
    const newer = submitNote(card);
    store.settleCustody({ deliveryId: note.deliveryId, holder: DAVE, receipt: receipt() });
    expect(queuedNotes()).toEqual([newer.messageId]);
  });

  it('give way to a newer one about the same to the same person, unless they are being sent', () => {
    const sending = submitNote(card);
    store.changeDelivery(sending.deliveryId, { state: 'delivering', reason: 'none', attempts: 0 });
    const carols = submitNote(card, { to: CAROL });
    submitNote(card);
    const newest = submitNote(card);
    expect(queuedNotes()).toEqual([sending, carols, newest].map(({ messageId }) => messageId));
    const twice = newNote(card, { deliveryId: carols.deliveryId });
    expect(() => store.submitNote(twice)).toThrow();
    expect(queuedNotes()).toContain(newest.messageId);
  });

  it('are about an agreement, a message, or a whole person', () => {
    const [first, second] = [newAgreementId(), newAgreementId()];
    const { agreed } = agreement({ id: first });
    const notes: PeerNote[] = [
      { kind: 'hold.ask', agreement: agreed, signature: SIGNATURE },
      { kind: 'hold.answer', agreementId: first },
      { kind: 'hold.answer', agreementId: second },
      { kind: 'hold.end', agreementId: first },
      { kind: 'hold.tokens', agreementId: first, issuedAt: NOW, hashes: '' },
      { kind: 'hold.expired', agreementId: first, count: 1, since: NOW },
      card,
      { kind: 'missing', messageIds: ['<a@b>'] },
      { kind: 'missing', messageIds: ['<a@b>', '<c@b>'] },
      { kind: 'receipt', messageId: '<a@b>', at: NOW, action: 'delivered' },
      { kind: 'receipt', messageId: '<c@b>', at: NOW, action: 'delivered' },
      { kind: 'read', messageId: '<a@b>', at: NOW },
      { kind: 'door', issuedAt: NOW, door: null },
    ];
    expect(new Set(notes.map(topicOf)).size).toBe(notes.length);
    expect(topicOf({ kind: 'receipt', messageId: '<a@b>', at: NOW + 1, action: 'failed' })).toBe(topicOf(notes[9]!));
    for (const note of notes) submitNote(note);
    expect(queuedNotes()).toHaveLength(notes.length);
  });

  it('are taken once', async () => {
    const by = { from: BOB, rfcMessageId: `<${newMessageId()}@b>` };
    expect([store.receiveNote(by), test.reopen().receiveNote(by), store.receiveNote({ ...by, from: CAROL })]).toEqual([
      true,
      false,
      true,
    ]);
    expect(store.hasReceived(by)).toBe(true);
    expect(await store.receive(received(by))).toEqual({ outcome: 'duplicate' });
    expect(test.events.seen).toEqual([]);
  });
});
