import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CoreEvent } from '../../../../shared/contract/core-events';
import type { Standing } from '../../../../shared/trust';
import { MAX_RING_BYTES, MAX_RING_KEYS } from '../../domain/key-limits';
import type { MailStore } from '../../ports/storage/mail-store';
import type { RingKey } from '../../ports/storage/keyring-records';
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
import type { Keyring } from '../../ports/storage/keyring';

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
    for (const key of [old, now, other]) store.keyring.putKey(key);
    expect(store.keyring.key(old.fingerprint)).toEqual({ ...old, ...fresh });
    expect(store.keyring.key(BOB)).toEqual({ ...now, ...fresh });
    expect(store.keyring.key(ALICE)).toBeUndefined();
    expect(store.keyring.key(fingerprintOf(9))).toBeUndefined();
    expect(test.reopen().keyring.keys()).toEqual([old, now, other].map((key) => ({ ...key, ...fresh })));
    expect(test.events.seen).toEqual([]);
  });

  it('are replaced by fingerprint and keep what was computed of them', () => {
    store.keyring.putKey(ringKey(1));
    store.keyring.putTrust({
      keys: [{ fingerprint: fingerprintOf(1), validity: 'full', path: [CAROL] }],
      standings: [],
    });
    const renewed = ringKey(1, {
      keyId: 'B'.repeat(16),
      certifiedAt: NOW + 9,
      expiresAt: NOW + 10,
      revoked: true,
      seenAt: NOW + 11,
    });
    store.keyring.putKey(renewed);
    expect(store.keyring.keys()).toEqual([{ ...renewed, validity: 'full', path: [CAROL] }]);
  });

  it('stay under the address that they came with', () => {
    const first = ringKey(1);
    store.keyring.putKey(first);
    store.keyring.putTrust({
      keys: [{ fingerprint: fingerprintOf(1), validity: 'full', path: [CAROL] }],
      standings: [],
    });
    store.keyring.putKey(ringKey(1, { address: ALICE, certifiedAt: NOW + 9 }));
    expect(store.keyring.keys()).toEqual([{ ...first, validity: 'full', path: [CAROL] }]);
    expect(store.keyring.key(ALICE)).toBeUndefined();
  });

  it('go with what was said of them, and what they said is unverified from then on', () => {
    for (const number of [1, 2]) store.keyring.putKey(ringKey(number));
    const [on, by, between] = [
      certification({ issuer: 2, subject: 1 }),
      certification({ issuer: 1, subject: 2 }),
      certification({ issuer: 3, subject: 2 }),
    ];
    store.keyring.addCertifications([on, by, between].map((each) => ({ ...each, verified: true })));
    store.keyring.removeKey(fingerprintOf(1));
    store.keyring.removeKey(fingerprintOf(7));
    expect(store.keyring.keys().map(({ fingerprint }) => fingerprint)).toEqual([fingerprintOf(2)]);
    expect(store.keyring.certificationsOn(fingerprintOf(1))).toEqual([]);
    expect(store.keyring.unverifiedBy({ fingerprint: fingerprintOf(1), keyId: by.issuerKeyId })).toEqual([by]);
    expect(store.keyring.verifiedCertifications({ limit: 9 }).map(({ id }) => id)).toEqual([between.id]);
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
    store.keyring.putKey(ringKey(MAX_RING_KEYS));
    expect(() => store.keyring.putKey(ringKey(MAX_RING_KEYS + 1))).toThrow(
      expect.objectContaining({ code: 'too-many' }) as Error,
    );
    expect(store.keyring.key(fingerprintOf(MAX_RING_KEYS + 1))).toBeUndefined();
    store.keyring.putKey(ringKey(1, { revoked: true }));
    expect(store.keyring.key(fingerprintOf(1))).toMatchObject({ revoked: true });
    expect(store.keyring.keys()).toHaveLength(MAX_RING_KEYS);
    // Keys that somebody sent never keep out the key of a contact.
    store.contacts.add(contact({ identityId: test.identityId, address: CAROL }));
    store.keyring.putKey(ringKey(MAX_RING_KEYS + 1, { address: CAROL }));
    expect(store.keyring.keys()).toHaveLength(MAX_RING_KEYS + 1);
  });

  it('have a budget in octets, in which contacts always have room', () => {
    const full = expect.objectContaining({ code: 'too-many' }) as Error;
    const known = ringKey(2);
    // The one that is large is written once: a hundred megabytes take a second.
    store.keyring.putKey(ringKey(1, { publicKey: new Uint8Array(MAX_RING_BYTES - 100) }));
    store.keyring.putKey(known);
    expect(() => store.keyring.putKey(ringKey(3, { publicKey: new Uint8Array(200) }))).toThrow(full);
    expect(store.keyring.key(fingerprintOf(3))).toBeUndefined();
    store.contacts.add(contact({ identityId: test.identityId, address: CAROL }));
    store.keyring.putKey(ringKey(3, { address: CAROL, publicKey: new Uint8Array(200) }));
    expect(store.keyring.key(fingerprintOf(3))?.address).toBe(CAROL);
    // Past the budget: what is learned of a key that is here is kept all the same, unless it makes the key grow.
    store.keyring.putKey({ ...known, certifiedAt: NOW + 7 });
    expect(store.keyring.key(fingerprintOf(2))?.certifiedAt).toBe(NOW + 7);
    store.keyring.putKey({ ...known, revoked: true, publicKey: new Uint8Array(300) });
    expect(store.keyring.key(fingerprintOf(2))?.revoked).toBe(true);
    expect(() => store.keyring.putKey({ ...known, publicKey: new Uint8Array(400) })).toThrow(full);
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
    for (const number of [1, 2]) store.keyring.putKey(ringKey(number));
    const bob = store.contacts.add(
      contact({ identityId: test.identityId, keyState: 'certified', publicKey: new Uint8Array([1]) }),
    );
    const carol = store.contacts.add(contact({ identityId: test.identityId, address: CAROL }));
    test.events.clear();
    const standing: Standing = { kind: 'introduced', path: [CAROL], others: 2 };
    const trust: Parameters<Keyring['putTrust']>[0] = {
      keys: [computed(1, 'full', [CAROL]), computed(2, 'unknown')],
      standings: [
        { contactId: bob.id, standing },
        { contactId: carol.id, standing: carol.standing },
      ],
    };
    store.keyring.putTrust(trust);
    const { publicKey: _block, ...shown } = bob;
    expect(test.events.seen).toEqual([{ type: 'contact.changed', contact: { ...shown, standing } }, trustChanged()]);
    expect(store.keyring.key(fingerprintOf(1))).toMatchObject({ validity: 'full', path: [CAROL] });
    expect(test.reopen().contacts.find(bob.id)).toEqual({ ...bob, standing });
    test.events.clear();
    store.keyring.putTrust(trust);
    expect(test.events.seen).toEqual([trustChanged()]);
    test.events.clear();
    store.keyring.putTrust({ keys: [computed(1, 'full', [])], standings: [] });
    expect(test.events.seen).toEqual([trustChanged()]);
  });

  it('passes over what is gone by now', () => {
    store.keyring.putTrust({
      keys: [computed(1, 'full')],
      standings: [{ contactId: newContactId(), standing: { kind: 'revoked' } }],
    });
    expect(test.events.seen).toEqual([trustChanged()]);
  });
});
