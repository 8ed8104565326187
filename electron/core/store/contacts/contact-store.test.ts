import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CoreEvent } from '../../../../shared/contract/core-events';
import { Fingerprint } from '../../../../shared/ids';
import type { StoredContact } from '../../ports/storage/mail-records';
import type { MailStore } from '../../ports/storage/mail-store';
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
    const contact = store.contacts.add(bob());
    const carol = store.contacts.add({
      ...bob(),
      id: newContactId(),
      address: CAROL,
      name: 'Ada',
      keyState: 'certified',
      fingerprint,
      certifiedAt: NOW,
      publicKey,
    });
    expect(store.contacts.find(contact.id)).toEqual(contact);
    expect(store.contacts.find(BOB)).toEqual(contact);
    expect(store.contacts.find(newContactId())).toBeUndefined();
    expect(store.contacts.all()).toEqual([carol, contact]);
    expect(test.events.types()).toEqual(['contact.changed', 'contact.changed']);
    expect(test.events.seen[1]).not.toHaveProperty('contact.publicKey');
    expect(test.events.seen[1]).toMatchObject({ contact: { fingerprint } });
  });

  it('takes an address once', () => {
    const contact = store.contacts.add(bob());
    expect(() => store.contacts.add({ ...bob(), id: newContactId(), name: 'Other' })).toThrow(
      expect.objectContaining({ code: 'contact-exists' }) as Error,
    );
    expect(store.contacts.all()).toEqual([contact]);
  });

  it('changes name, block and key, each without the others', () => {
    const { id } = store.contacts.add(bob());
    store.contacts.update(id, { key: { state: 'certified', fingerprint, certifiedAt: NOW, publicKey } });
    store.contacts.update(id, { name: 'Robert' });
    store.contacts.update(id, { blocked: true });
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
    expect(store.contacts.find(id)).toEqual(expected);
    expect(store.contacts.update(id, { keyState: 'expired' })).toEqual({ ...expected, keyState: 'expired' });
    expect(test.reopen().contacts.find(BOB)).toEqual({ ...expected, keyState: 'expired' });
    expect(() => store.contacts.update(newContactId(), { name: 'x' })).toThrow(unknown);
  });

  it('keeps what trust says of a person, and takes each fact away again', () => {
    const { id } = store.contacts.add(bob());
    const facts = {
      standing: { kind: 'verified', at: NOW, way: 'scan', expiresAt: NOW + 5 },
      verification: { at: NOW, way: 'scan', level: 'positive', shared: false, expiresAt: NOW + 5, fingerprint },
      introducer: { depth: 2, amount: 'marginal' },
      scannedYouAt: NOW + 1,
      moveNotice: { to: CAROL, at: NOW + 2 },
    } as const;
    const expected = { ...bob(), id, ...facts };
    expect(store.contacts.update(id, facts)).toEqual(expected);
    expect(store.contacts.update(id, { name: 'Bob' })).toEqual(expected);
    expect(test.reopen().contacts.find(id)).toEqual(expected);
    expect(test.events.seen[1]).toMatchObject({ contact: facts });
    const { verification: _gone, ...unverified } = expected;
    expect(store.contacts.update(id, { verification: null })).toEqual(unverified);
    store.contacts.update(id, { introducer: null, scannedYouAt: null, moveNotice: null, standing: bob().standing });
    expect(store.contacts.all()).toEqual([{ ...bob(), id }]);
    expect(store.contacts.add({ ...expected, id: newContactId(), address: CAROL })).toMatchObject(facts);
    expect(store.contacts.find(CAROL)).toMatchObject(facts);
  });

  it.each([
    ['none', { kind: 'no-key', verified: false }],
    ['certified', { kind: 'unverified', vouchedBy: [] }],
    ['changed', { kind: 'changed', at: NOW, continuity: false, wasVerified: false }],
    ['revoked', { kind: 'revoked' }],
  ] as const)('believes nothing of a row it cannot read, with a key that is %s', (keyState, standing) => {
    const { id } = store.contacts.add({ ...bob(), keyState, introducer: { depth: 1, amount: 'full' } });
    const sql = openDatabase({ path: test.path, key: test.key, migrations: mailMigrations, mode: 'existing' });
    sql.run(
      `UPDATE contacts SET standing = '{"kind":"sainted"}', verification = '{', introducer = '[]', move_notice = 'null' WHERE id = $id`,
      { id },
    );
    sql.close();
    expect(store.contacts.all()).toEqual([{ ...bob(), id, keyState, standing }]);
  });

  it('removes', () => {
    const { id } = store.contacts.add(bob());
    test.events.clear();
    store.contacts.remove(id);
    expect(test.events.seen).toEqual([{ type: 'contact.removed', identityId: test.identityId, contactId: id }]);
    expect(store.contacts.all()).toEqual([]);
    expect(() => store.contacts.remove(id)).toThrow(unknown);
  });

  it('remembers the newest certification of an address, contact or not', () => {
    expect(store.contacts.newestCertification(BOB)).toBeUndefined();
    store.contacts.recordCertification(BOB, NOW);
    store.contacts.recordCertification(BOB, NOW - 1_000);
    expect(store.contacts.newestCertification(BOB)).toBe(NOW);
    store.contacts.recordCertification(BOB, NOW + 1_000);
    expect(test.reopen().contacts.newestCertification(BOB)).toBe(NOW + 1_000);
    expect(store.contacts.newestCertification(CAROL)).toBeUndefined();
  });
});
