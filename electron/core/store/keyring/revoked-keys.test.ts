import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MailAddress } from '../../../../shared/ids';
import { MAX_FLOORS_OF_STRANGERS, MAX_REVOKED_KEYS_OF_ADDRESS } from '../../domain/key-limits';
import type { MailStore } from '../../ports/storage/mail-store';
import { mailMigrations } from '../migrations/mail-schema';
import { openDatabase } from '../sql/open-database';
import { ALICE, BOB, CAROL, contact, fingerprintOf, NOW, openTestStore, ringKey } from '../testing/store-fixtures';
import type { TestStore } from '../testing/store-fixtures';

let test: TestStore;
let store: MailStore;
beforeEach(() => {
  test = openTestStore();
  ({ store } = test);
});
afterEach(() => test.remove());

describe('keys that were revoked', () => {
  it('are remembered without a ring or a contact, each under its address, also over a restart', () => {
    store.keyring.recordRevoked({ address: BOB, fingerprint: fingerprintOf(1), at: NOW });
    store.keyring.recordRevoked({ address: BOB, fingerprint: fingerprintOf(1), at: NOW + 1 });
    const { keyring } = test.reopen();
    expect(keyring.isRevoked({ address: BOB, fingerprint: fingerprintOf(1) })).toBe(true);
    expect(keyring.isRevoked({ address: BOB, fingerprint: fingerprintOf(2) })).toBe(false);
    expect(keyring.isRevoked({ address: CAROL, fingerprint: fingerprintOf(1) })).toBe(false);
  });

  it('of one address without end push out its own oldest, and nothing of others', () => {
    store.keyring.recordRevoked({ address: CAROL, fingerprint: fingerprintOf(1), at: NOW });
    for (let key = 0; key <= MAX_REVOKED_KEYS_OF_ADDRESS; key += 1)
      store.keyring.recordRevoked({ address: BOB, fingerprint: fingerprintOf(key), at: NOW });
    expect(store.keyring.isRevoked({ address: BOB, fingerprint: fingerprintOf(0) })).toBe(false);
    expect(store.keyring.isRevoked({ address: BOB, fingerprint: fingerprintOf(1) })).toBe(true);
    expect(store.keyring.isRevoked({ address: CAROL, fingerprint: fingerprintOf(1) })).toBe(true);
  });

  it('are told with the keys that a contact had before', () => {
    const added = store.contacts.add(contact({ identityId: test.identityId, address: BOB }));
    const standing = { kind: 'no-key', verified: false } as const;
    store.keyring.recordReplaced({
      address: BOB,
      fingerprint: fingerprintOf(7),
      publicKey: new Uint8Array([1]),
      replacedAt: NOW,
      standing,
    });
    store.keyring.recordRevoked({ address: BOB, fingerprint: fingerprintOf(7), at: NOW + 5 });
    expect(store.contacts.find(added.id)?.earlierKeys).toMatchObject([
      { fingerprint: fingerprintOf(7), revoked: true, revokedAt: NOW + 5 },
    ]);
  });
});

describe('the newest certification of an address', () => {
  const stranger = (number: number): MailAddress =>
    MailAddress.parse(`n${String(number)}@${'abcdefghij'[number % 10]!.repeat(56)}.onion`);

  it('is forgotten of the strangers with the oldest, never of a contact or of the ring', () => {
    store.contacts.add(contact({ identityId: test.identityId, address: BOB }));
    store.keyring.putKey(ringKey(1, { address: CAROL }));
    for (const address of [BOB, CAROL]) store.contacts.recordCertification(address, 1);
    const sql = openDatabase({ path: test.path, key: test.key, migrations: mailMigrations, mode: 'existing' });
    sql.exec('BEGIN');
    for (let number = 0; number < MAX_FLOORS_OF_STRANGERS; number += 1)
      sql.run('INSERT INTO certifications (address, certified_at) VALUES ($address, $at)', {
        address: stranger(number),
        at: NOW + number,
      });
    sql.exec('COMMIT');
    sql.close();
    store.contacts.recordCertification(ALICE, NOW - 1);
    expect(store.contacts.newestCertification(ALICE)).toBeUndefined();
    store.contacts.recordCertification(ALICE, NOW + MAX_FLOORS_OF_STRANGERS);
    expect(store.contacts.newestCertification(ALICE)).toBe(NOW + MAX_FLOORS_OF_STRANGERS);
    expect(store.contacts.newestCertification(stranger(0))).toBeUndefined();
    expect(store.contacts.newestCertification(stranger(1))).toBe(NOW + 1);
    for (const address of [BOB, CAROL]) expect(store.contacts.newestCertification(address)).toBe(1);
  });
});
