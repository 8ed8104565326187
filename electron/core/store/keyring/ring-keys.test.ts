import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CoreEvent } from '../../../../shared/core-events';
import type { Standing } from '../../../../shared/trust';
import { MAX_RING_KEYS } from '../../domain/limits';
import type { MailStore } from '../../ports/mail-store';
import type { RingKey } from '../../ports/ring-store';
import { mailMigrations } from '../migrations/mail-schema';
import { openDatabase } from '../sql/open-database';
import {
  ALICE,
  BOB,
  CAROL,
  certification,
  contact,
  fingerprintOf,
  newContactId,
  NOW,
  openTestStore,
  ringKey,
} from '../testing/store-fixtures';
import type { TestStore } from '../testing/store-fixtures';

const fresh = { validity: 'unknown', path: [] } as const;

describe('the keys of a ring', () => {
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

  it('are found by fingerprint, and by address the one certified last', () => {
    const [old, now, other] = [
      ringKey(1),
      ringKey(2, { certifiedAt: NOW + 5 }),
      ringKey(3, { address: CAROL, revoked: true }),
    ];
    for (const key of [old, now, other]) store.putRingKey(key);
    expect(store.ringKey(old.fingerprint)).toEqual({ ...old, ...fresh });
    expect(store.ringKey(BOB)).toEqual({ ...now, ...fresh });
    expect(store.ringKey(ALICE)).toBeUndefined();
    expect(store.ringKey(fingerprintOf(9))).toBeUndefined();
    expect(test.reopen().ringKeys()).toEqual([old, now, other].map((key) => ({ ...key, ...fresh })));
    expect(test.events.seen).toEqual([]);
  });

  it('are replaced by fingerprint and keep what was computed of them', () => {
    store.putRingKey(ringKey(1));
    store.putTrust({ keys: [{ fingerprint: fingerprintOf(1), validity: 'full', path: [CAROL] }], standings: [] });
    const renewed = ringKey(1, {
      keyId: 'B'.repeat(16),
      certifiedAt: NOW + 9,
      expiresAt: NOW + 10,
      revoked: true,
      seenAt: NOW + 11,
    });
    store.putRingKey(renewed);
    expect(store.ringKeys()).toEqual([{ ...renewed, validity: 'full', path: [CAROL] }]);
  });

  it('stay under the address that they came with', () => {
    const first = ringKey(1);
    store.putRingKey(first);
    store.putTrust({ keys: [{ fingerprint: fingerprintOf(1), validity: 'full', path: [CAROL] }], standings: [] });
    store.putRingKey(ringKey(1, { address: ALICE, certifiedAt: NOW + 9 }));
    expect(store.ringKeys()).toEqual([{ ...first, validity: 'full', path: [CAROL] }]);
    expect(store.ringKey(ALICE)).toBeUndefined();
  });

  it('go with what was said of them, and what they said is unverified from then on', () => {
    for (const number of [1, 2]) store.putRingKey(ringKey(number));
    const [on, by, between] = [
      certification({ issuer: 2, subject: 1 }),
      certification({ issuer: 1, subject: 2 }),
      certification({ issuer: 3, subject: 2 }),
    ];
    store.addCertifications([on, by, between].map((each) => ({ ...each, verified: true })));
    store.removeRingKey(fingerprintOf(1));
    store.removeRingKey(fingerprintOf(7));
    expect(store.ringKeys().map(({ fingerprint }) => fingerprint)).toEqual([fingerprintOf(2)]);
    expect(store.certificationsOn(fingerprintOf(1))).toEqual([]);
    expect(store.unverifiedBy({ fingerprint: fingerprintOf(1), keyId: by.issuerKeyId })).toEqual([by]);
    expect(store.verifiedCertifications({ limit: 9 }).map(({ id }) => id)).toEqual([between.id]);
  });

  it('fill the ring up to its limit and no further, but for those of contacts', () => {
    const sql = openDatabase({ path: test.path, key: test.key, migrations: mailMigrations, mode: 'existing' });
    sql.run(
      `WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < $count)
       INSERT INTO ring_keys (fingerprint, address, key_id, certified_at, expires_at, revoked, seen_at, public_key)
       SELECT printf('%040X', i), $address, '', 0, 0, 0, 0, x'01' FROM n`,
      { count: MAX_RING_KEYS - 1, address: BOB },
    );
    sql.close();
    store.putRingKey(ringKey(MAX_RING_KEYS));
    expect(() => store.putRingKey(ringKey(MAX_RING_KEYS + 1))).toThrow(
      expect.objectContaining({ code: 'too-many' }) as Error,
    );
    expect(store.ringKey(fingerprintOf(MAX_RING_KEYS + 1))).toBeUndefined();
    store.putRingKey(ringKey(1, { revoked: true }));
    expect(store.ringKey(fingerprintOf(1))).toMatchObject({ revoked: true });
    expect(store.ringKeys()).toHaveLength(MAX_RING_KEYS);
    // Whom the user knows is never kept out by those whom somebody has sent.
    store.addContact(contact({ identityId: test.identityId, address: CAROL }));
    store.putRingKey(ringKey(MAX_RING_KEYS + 1, { address: CAROL }));
    expect(store.ringKeys()).toHaveLength(MAX_RING_KEYS + 1);
  });
});

describe('what was computed of a ring', () => {
  let test: TestStore;
  let store: MailStore;
  beforeEach(() => {
    test = openTestStore();
    ({ store } = test);
  });
  afterEach(() => test.remove());

  const trustChanged = (): object => ({ type: 'trust.changed', identityId: test.identityId });
  const computed = (number: number, validity: RingKey['validity'], path: RingKey['path'] = []) => ({
    fingerprint: fingerprintOf(number),
    validity,
    path,
  });

  it('is written where it differs, and told once', () => {
    for (const number of [1, 2]) store.putRingKey(ringKey(number));
    const bob = store.addContact(
      contact({ identityId: test.identityId, keyState: 'certified', publicKey: new Uint8Array([1]) }),
    );
    const carol = store.addContact(contact({ identityId: test.identityId, address: CAROL }));
    test.events.clear();
    const standing: Standing = { kind: 'introduced', path: [CAROL], others: 2 };
    const trust: Parameters<MailStore['putTrust']>[0] = {
      keys: [computed(1, 'full', [CAROL]), computed(2, 'unknown')],
      standings: [
        { contactId: bob.id, standing },
        { contactId: carol.id, standing: carol.standing },
      ],
    };
    store.putTrust(trust);
    const { publicKey: _block, ...shown } = bob;
    expect(test.events.seen).toEqual([{ type: 'contact.changed', contact: { ...shown, standing } }, trustChanged()]);
    expect(store.ringKey(fingerprintOf(1))).toMatchObject({ validity: 'full', path: [CAROL] });
    expect(test.reopen().contact(bob.id)).toEqual({ ...bob, standing });
    test.events.clear();
    store.putTrust(trust);
    expect(test.events.seen).toEqual([trustChanged()]);
    test.events.clear();
    store.putTrust({ keys: [computed(1, 'full', [])], standings: [] });
    expect(test.events.seen).toEqual([trustChanged()]);
  });

  it('passes over what is gone by now', () => {
    store.putTrust({
      keys: [computed(1, 'full')],
      standings: [{ contactId: newContactId(), standing: { kind: 'revoked' } }],
    });
    expect(test.events.seen).toEqual([trustChanged()]);
  });
});
