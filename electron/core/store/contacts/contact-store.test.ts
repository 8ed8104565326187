import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CoreEvent } from '../../../../shared/core-events';
import { Fingerprint } from '../../../../shared/ids';
import type { StoredContact } from '../../ports/mail-records';
import type { MailStore } from '../../ports/mail-store';
import { mailMigrations } from '../migrations/mail-schema';
import { openDatabase } from '../sql/open-database';
import { BOB, CAROL, newContactId, NOW, openTestStore, UNTOLD } from '../testing/store-fixtures';
import type { TestStore } from '../testing/store-fixtures';

const unknown = expect.objectContaining({ code: 'contact-unknown' }) as Error;
const fingerprint = Fingerprint.parse('CD'.repeat(20));
const publicKey = new Uint8Array([9, 8, 7]);

describe('contacts', () => {
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

  const bob = (): StoredContact => ({
    id: newContactId(),
    identityId: test.identityId,
    address: BOB,
    name: 'Bob',
    keyState: 'none',
    blocked: false,
    addedAt: NOW,
    standing: { kind: 'no-key', verified: false },
    ...UNTOLD,
  });

  it('adds, finds by id and address, and lists by name', () => {
    const contact = store.addContact(bob());
    const carol = store.addContact({
      ...bob(),
      id: newContactId(),
      address: CAROL,
      name: 'Ada',
      keyState: 'certified',
      fingerprint,
      certifiedAt: NOW,
      publicKey,
    });
    expect(store.contact(contact.id)).toEqual(contact);
    expect(store.contact(BOB)).toEqual(contact);
    expect(store.contact(newContactId())).toBeUndefined();
    expect(store.contacts()).toEqual([carol, contact]);
    expect(test.events.types()).toEqual(['contact.changed', 'contact.changed']);
    expect(test.events.seen[1]).not.toHaveProperty('contact.publicKey');
    expect(test.events.seen[1]).toMatchObject({ contact: { fingerprint } });
  });

  it('takes an address once', () => {
    const contact = store.addContact(bob());
    expect(() => store.addContact({ ...bob(), id: newContactId(), name: 'Other' })).toThrow(
      expect.objectContaining({ code: 'contact-exists' }) as Error,
    );
    expect(store.contacts()).toEqual([contact]);
  });

  it('changes name, block and key, each without the others', () => {
    const { id } = store.addContact(bob());
    store.updateContact(id, { key: { state: 'certified', fingerprint, certifiedAt: NOW, publicKey } });
    store.updateContact(id, { name: 'Robert' });
    store.updateContact(id, { blocked: true });
    const expected = {
      ...bob(),
      id,
      name: 'Robert',
      blocked: true,
      keyState: 'certified',
      fingerprint,
      certifiedAt: NOW,
      publicKey,
    };
    expect(store.contact(id)).toEqual(expected);
    expect(store.updateContact(id, { keyState: 'expired' })).toEqual({ ...expected, keyState: 'expired' });
    expect(test.reopen().contact(BOB)).toEqual({ ...expected, keyState: 'expired' });
    expect(() => store.updateContact(newContactId(), { name: 'x' })).toThrow(unknown);
  });

  it('keeps what trust says of a person, and takes each fact away again', () => {
    const { id } = store.addContact(bob());
    const facts = {
      standing: { kind: 'verified', at: NOW, way: 'scan', expiresAt: NOW + 5 },
      verification: { at: NOW, way: 'scan', level: 'positive', shared: false, expiresAt: NOW + 5, fingerprint },
      introducer: { depth: 2, amount: 'marginal' },
      scannedYouAt: NOW + 1,
      moveNotice: { to: CAROL, at: NOW + 2 },
    } as const;
    const expected = { ...bob(), id, ...facts };
    expect(store.updateContact(id, facts)).toEqual(expected);
    expect(store.updateContact(id, { name: 'Bob' })).toEqual(expected);
    expect(test.reopen().contact(id)).toEqual(expected);
    expect(test.events.seen[1]).toMatchObject({ contact: facts });
    const { verification: _gone, ...unverified } = expected;
    expect(store.updateContact(id, { verification: null })).toEqual(unverified);
    store.updateContact(id, { introducer: null, scannedYouAt: null, moveNotice: null, standing: bob().standing });
    expect(store.contacts()).toEqual([{ ...bob(), id }]);
    expect(store.addContact({ ...expected, id: newContactId(), address: CAROL })).toMatchObject(facts);
    expect(store.contact(CAROL)).toMatchObject(facts);
  });

  it.each([
    ['none', { kind: 'no-key', verified: false }],
    ['certified', { kind: 'unverified', vouchedBy: [] }],
    ['changed', { kind: 'changed', at: NOW, continuity: false, wasVerified: false }],
    ['revoked', { kind: 'revoked' }],
  ] as const)('believes nothing of a row it cannot read, with a key that is %s', (keyState, standing) => {
    const { id } = store.addContact({ ...bob(), keyState, introducer: { depth: 1, amount: 'full' } });
    const sql = openDatabase({ path: test.path, key: test.key, migrations: mailMigrations, mode: 'existing' });
    sql.run(
      `UPDATE contacts SET standing = '{"kind":"sainted"}', verification = '{', introducer = '[]', move_notice = 'null' WHERE id = $id`,
      { id },
    );
    sql.close();
    expect(store.contacts()).toEqual([{ ...bob(), id, keyState, standing }]);
  });

  it('removes', () => {
    const { id } = store.addContact(bob());
    test.events.clear();
    store.removeContact(id);
    expect(test.events.seen).toEqual([{ type: 'contact.removed', identityId: test.identityId, contactId: id }]);
    expect(store.contacts()).toEqual([]);
    expect(() => store.removeContact(id)).toThrow(unknown);
  });

  it('remembers the newest certification of an address, contact or not', () => {
    expect(store.newestCertification(BOB)).toBeUndefined();
    store.recordCertification(BOB, NOW);
    store.recordCertification(BOB, NOW - 1_000);
    expect(store.newestCertification(BOB)).toBe(NOW);
    store.recordCertification(BOB, NOW + 1_000);
    expect(test.reopen().newestCertification(BOB)).toBe(NOW + 1_000);
    expect(store.newestCertification(CAROL)).toBeUndefined();
  });
});
