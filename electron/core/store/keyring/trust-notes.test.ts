import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_OPEN_SCAN_CODES } from '../../domain/limits';
import type { DeliveryChange } from '../../domain/delivery-outcome';
import type { MailStore } from '../../ports/storage/mail-store';
import { mailMigrations } from '../migrations/mail-schema';
import { openDatabase } from '../sql/open-database';
import {
  BOB,
  CAROL,
  contact,
  fingerprintOf,
  newContactId,
  newDeliveryId,
  newMessageId,
  NOW,
  openTestStore,
  received,
  saveDraft,
  submitted,
} from '../testing/store-fixtures';
import type { TestStore } from '../testing/store-fixtures';

const unknownMessage = expect.objectContaining({ code: 'message-unknown' }) as Error;
const delivered: DeliveryChange = { state: 'delivered', reason: 'none', attempts: 1, deliveredAt: NOW + 50 };
const block = (...octets: number[]): Uint8Array => new Uint8Array(octets);

describe('what trust remembers besides', () => {
  let test: TestStore;
  let store: MailStore;
  beforeEach(() => {
    test = openTestStore();
    ({ store } = test);
  });
  afterEach(() => test.remove());

  it('a scan code that works once, until it ends', () => {
    store.scanCodes.add({ code: 'a', expiresAt: NOW });
    store.scanCodes.add({ code: 'b', expiresAt: NOW + 1 });
    expect(store.scanCodes.use({ code: 'c', now: NOW })).toBe(false);
    expect(test.reopen().scanCodes.use({ code: 'b', now: NOW })).toBe(true);
    expect(store.scanCodes.use({ code: 'b', now: NOW })).toBe(false);
    expect(store.scanCodes.use({ code: 'a', now: NOW })).toBe(false);
    expect(store.scanCodes.use({ code: 'a', now: NOW - 1 })).toBe(false);
  });

  it('no scan code in clear', () => {
    store.scanCodes.add({ code: 'secret', expiresAt: NOW });
    const sql = openDatabase({ path: test.path, key: test.key, migrations: mailMigrations, mode: 'existing' });
    expect(JSON.stringify(sql.all('SELECT * FROM scan_codes'))).not.toContain('secret');
    sql.close();
  });

  it('so many scan codes, and always the one on the screen', () => {
    for (let index = 0; index < MAX_OPEN_SCAN_CODES; index += 1)
      store.scanCodes.add({ code: String(index), expiresAt: NOW + 10 + index });
    store.scanCodes.add({ code: 'shown', expiresAt: NOW + 1 });
    expect(store.scanCodes.use({ code: '0', now: NOW })).toBe(false);
    expect(store.scanCodes.use({ code: '1', now: NOW })).toBe(true);
    expect(store.scanCodes.use({ code: 'shown', now: NOW })).toBe(true);
  });

  it('the code to send to a contact, until they are removed', () => {
    const bob = store.contacts.add(contact({ identityId: test.identityId }));
    const carol = store.contacts.add(contact({ identityId: test.identityId, address: CAROL }));
    for (const code of ['first', 'second']) store.scanCodes.putToSend({ contactId: bob.id, code });
    store.scanCodes.putToSend({ contactId: carol.id, code: 'hers' });
    store.contacts.update(bob.id, { name: 'Robert' });
    expect(test.reopen().scanCodes.toSend(bob.id)).toBe('second');
    expect(store.scanCodes.toSend(carol.id)).toBe('hers');
    store.contacts.remove(carol.id);
    expect(store.scanCodes.toSend(carol.id)).toBeUndefined();
    expect(() => store.scanCodes.putToSend({ contactId: newContactId(), code: 'x' })).toThrow(
      expect.objectContaining({ code: 'contact-unknown' }) as Error,
    );
  });

  it('enclosures from the draft until the last delivery is finished', () => {
    const deliveries = [BOB, CAROL].map(
      (recipient) => ({ id: newDeliveryId(), recipient, state: 'waiting-for-tor', expiresAt: NOW + 9 }) as const,
    );
    const messageId = saveDraft(store);
    store.outbox.putEnclosures({ messageId, enclosures: { keyBlocks: [block(9)], movedTo: CAROL } });
    const enclosures = { keyBlocks: [block(1, 2), block(3)] };
    store.outbox.putEnclosures({ messageId, enclosures });
    store.outbox.submit(submitted(messageId, { to: [BOB, CAROL], deliveries }));
    expect(store.outbox.enclosures(messageId)).toEqual(enclosures);
    store.outbox.putEnclosures({ messageId, enclosures: { ...enclosures, movedTo: BOB } });
    store.outbox.changeDelivery(deliveries[0]!.id, delivered);
    expect(test.reopen().outbox.enclosures(messageId)).toEqual({ ...enclosures, movedTo: BOB });
    store.outbox.changeDelivery(deliveries[1]!.id, { state: 'cancelled', reason: 'cancelled', attempts: 0 });
    expect(store.outbox.enclosures(messageId)).toBeUndefined();
    expect(() => store.outbox.putEnclosures({ messageId, enclosures })).toThrow(unknownMessage);
    expect(() => store.outbox.putEnclosures({ messageId: newMessageId(), enclosures })).toThrow(unknownMessage);
  });

  it('enclosures no longer than their message', () => {
    const messageId = saveDraft(store);
    store.outbox.putEnclosures({ messageId, enclosures: { keyBlocks: [block(1)] } });
    store.messages.delete([messageId]);
    expect(store.outbox.enclosures(messageId)).toBeUndefined();
    // The next message takes the place of the deleted one in the table.
    const next = saveDraft(store);
    expect(store.outbox.enclosures(next)).toBeUndefined();
    store.outbox.putEnclosures({ messageId: next, enclosures: { keyBlocks: [] } });
    expect(store.outbox.enclosures(next)).toEqual({ keyBlocks: [] });
  });

  it('the keys an address had before, newest first', () => {
    const control = (number: number, replacedAt: number, address = BOB): void =>
      store.keyring.recordReplaced({
        address,
        fingerprint: fingerprintOf(number),
        publicKey: block(number),
        replacedAt,
        standing: { kind: 'unverified', vouchedBy: [] },
      });
    control(1, NOW);
    control(2, NOW + 5);
    control(3, NOW + 2, CAROL);
    expect(store.keyring.history(BOB)).toEqual([
      { fingerprint: fingerprintOf(2), replacedAt: NOW + 5 },
      { fingerprint: fingerprintOf(1), replacedAt: NOW },
    ]);
    control(1, NOW + 9);
    expect(test.reopen().keyring.history(BOB)[0]).toEqual({ fingerprint: fingerprintOf(1), replacedAt: NOW + 9 });
    expect(store.keyring.history(BOB)).toHaveLength(2);
    expect(store.keyring.replaced(fingerprintOf(3))).toEqual(block(3));
    expect(store.keyring.replaced(fingerprintOf(4))).toBeUndefined();
  });

  it('the people who vouched for the sender of a message', async () => {
    const introduced = received({ signer: { fingerprint: fingerprintOf(1), introducedBy: [CAROL, BOB] } });
    const [stored, plain] = [
      await store.messages.receive(introduced),
      await store.messages.receive(received({ signer: { fingerprint: fingerprintOf(1), introducedBy: [] } })),
    ];
    expect(stored).toMatchObject({ summary: { introducedBy: [CAROL, BOB] } });
    expect(plain).not.toHaveProperty('summary.introducedBy');
    expect(store.messages.detail(introduced.id).summary.introducedBy).toEqual([CAROL, BOB]);
    expect(test.events.seen[0]).toMatchObject({ type: 'message.stored', message: { introducedBy: [CAROL, BOB] } });
  });

  it('attachments of a stranger that were too large to keep', async () => {
    const cut = received({ folder: 'requests', droppedAttachments: 2 });
    expect(await store.messages.receive(cut)).toMatchObject({ summary: { droppedAttachments: 2 } });
    expect(test.reopen().messages.detail(cut.id).summary.droppedAttachments).toBe(2);
  });
});
