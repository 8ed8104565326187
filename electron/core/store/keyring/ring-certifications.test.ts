import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { present } from '../../../../shared/present';
import { MAX_FOREIGN_CERTIFICATIONS, MAX_UNVERIFIED_CERTIFICATIONS } from '../../domain/key-limits';
import type { MailStore } from '../../ports/storage/mail-store';
import type { RingCertification } from '../../ports/storage/keyring-records';
import { growth, LINEAR } from '../../testing/growth';
import { certification, fingerprintOf, NOW, openTestStore } from '../testing/store-fixtures';
import type { TestStore } from '../testing/store-fixtures';
import type { Keyring } from '../../ports/storage/keyring';

const many = (count: number, make: (index: number) => RingCertification): RingCertification[] =>
  Array.from({ length: count }, (_, index) => make(index));
const byIdentifier = <T extends { id: string }>(list: readonly T[]): T[] =>
  [...list].sort((a, b) => (a.id < b.id ? -1 : 1));

describe('certifications in a ring', () => {
  let test: TestStore;
  let store: MailStore;
  beforeEach(() => {
    test = openTestStore();
    ({ store } = test);
  });
  afterEach(() => {
    expect(test.events.seen).toEqual([]);
    test.remove();
  });

  it('come back as they were put in, newest first', () => {
    const trusting = certification({
      issuer: 2,
      subject: 1,
      trust: { depth: 2, amount: 60, regex: '<[^>]+[@.]x\\.onion>$' },
      expiresAt: NOW + 9,
      createdAt: NOW + 3,
    });
    const revoking = certification({
      issuer: 2,
      subject: 1,
      kind: 'revocation',
      level: 0,
      exportable: false,
      verified: true,
      createdAt: NOW + 2,
    });
    const { issuer: _unnamed, ...nameless } = certification({ issuer: 4, subject: 1, trust: { depth: 0, amount: 0 } });
    expect(
      store.keyring.addCertifications([nameless, trusting, revoking, certification({ issuer: 1, subject: 2 })]),
    ).toBe(4);
    expect(test.reopen().keyring.certificationsOn(fingerprintOf(1))).toEqual([trusting, revoking, nameless]);
    expect(store.keyring.certificationsOn(fingerprintOf(3))).toEqual([]);
  });

  it('are added once, and a verified one in the place of its unverified copy on another key', () => {
    const [one, two] = [certification({ issuer: 2, subject: 1 }), certification({ issuer: 3, subject: 1 })];
    expect(store.keyring.addCertifications([one, one])).toBe(1);
    expect(store.keyring.addCertifications([one, two])).toBe(1);
    const copied = { ...one, subject: fingerprintOf(8) };
    expect(store.keyring.addCertifications([copied])).toBe(0);
    expect(store.keyring.addCertifications([{ ...copied, verified: true }])).toBe(1);
    expect(store.keyring.addCertifications([one, { ...one, verified: true }])).toBe(0);
    expect(store.keyring.certificationsOn(fingerprintOf(8))).toEqual([{ ...copied, verified: true }]);
    expect(store.keyring.certificationsOn(fingerprintOf(1))).toEqual([two]);
  });

  it('are not believed to be verified without an issuer', () => {
    const { issuer: _unnamed, ...nameless } = certification({ issuer: 4, subject: 1, verified: true });
    store.keyring.addCertifications([nameless]);
    expect(store.keyring.certificationsOn(fingerprintOf(1))).toEqual([{ ...nameless, verified: false }]);
  });

  it('of one issuer without end do not push out what another has said', () => {
    const own = certification({ issuer: 2, subject: 1, verified: true, createdAt: NOW });
    const introducers = certification({
      issuer: 3,
      subject: 1,
      verified: true,
      createdAt: NOW - 1,
      kind: 'revocation',
      level: 0,
    });
    store.keyring.addCertifications([own, introducers]);
    store.keyring.addCertifications(
      many(MAX_FOREIGN_CERTIFICATIONS + 5, (index) =>
        certification({ issuer: 9, subject: 1, verified: true, createdAt: NOW + 1 + index }),
      ),
    );
    const kept = store.keyring.certificationsOn(fingerprintOf(1));
    expect(kept).toHaveLength(MAX_FOREIGN_CERTIFICATIONS);
    expect(kept).toEqual(expect.arrayContaining([own, introducers]));
    expect(kept[0]?.createdAt).toBe(NOW + MAX_FOREIGN_CERTIFICATIONS + 5);
  });

  it('that nobody has verified have a budget of all keys, in which a flooded key loses first', () => {
    const few = [1, 2, 3].map((subject) => certification({ issuer: 90, subject, createdAt: 1 }));
    store.keyring.addCertifications(few);
    const keys = MAX_UNVERIFIED_CERTIFICATIONS / MAX_FOREIGN_CERTIFICATIONS + 1;
    for (let key = 0; key < keys; key += 1)
      store.keyring.addCertifications(
        many(MAX_FOREIGN_CERTIFICATIONS, () => certification({ issuer: 91, subject: 100 + key })),
      );
    const left = Array.from(
      { length: keys },
      (_, key) => store.keyring.certificationsOn(fingerprintOf(100 + key)).length,
    );
    expect(left.reduce((sum, count) => sum + count, 0)).toBe(MAX_UNVERIFIED_CERTIFICATIONS - few.length);
    expect(Math.min(...left)).toBeGreaterThan(MAX_FOREIGN_CERTIFICATIONS / 2);
    for (const each of few) expect(store.keyring.certificationsOn(each.subject)).toEqual([each]);
    const verified = certification({ issuer: 1, subject: 100, verified: true });
    expect(store.keyring.addCertifications([verified])).toBe(1);
  });

  it('wait for the key they name, by fingerprint or key ID, until they are marked or dropped', () => {
    const named = certification({ issuer: 2, subject: 1 });
    const { issuer: _unnamed, ...nameless } = certification({ issuer: 2, subject: 3 });
    const other = certification({ issuer: 5, subject: 1, issuerKeyId: named.issuerKeyId });
    store.keyring.addCertifications([named, nameless, other, certification({ issuer: 2, subject: 1, verified: true })]);
    const by = { fingerprint: fingerprintOf(2), keyId: named.issuerKeyId };
    expect(byIdentifier(store.keyring.unverifiedBy(by))).toEqual(byIdentifier([named, nameless]));
    store.keyring.markVerified([
      { id: nameless.id, issuer: by.fingerprint },
      { id: 'unknown', issuer: by.fingerprint },
    ]);
    expect(store.keyring.unverifiedBy(by)).toEqual([named]);
    expect(store.keyring.certificationsOn(fingerprintOf(3))).toEqual([
      { ...nameless, issuer: by.fingerprint, verified: true },
    ]);
    store.keyring.dropCertifications([named.id, 'unknown']);
    expect(store.keyring.unverifiedBy(by)).toEqual([]);
    expect(store.keyring.certificationsOn(fingerprintOf(1)).map(({ id }) => id)).not.toContain(named.id);
  });

  it('are read a page at a time when they are verified, without bodies', () => {
    const verified = many(25, (index) =>
      certification({
        issuer: index,
        subject: 1,
        verified: true,
        ...(index % 2 ? { trust: { depth: 1, amount: 120 } } : { expiresAt: NOW }),
      }),
    );
    store.keyring.addCertifications([...verified, ...many(5, (index) => certification({ issuer: index, subject: 1 }))]);
    const pages: ReturnType<Keyring['verifiedCertifications']>[] = [];
    for (let after: string | undefined; pages.at(-1)?.length !== 0; after = pages.at(-1)?.at(-1)?.id) {
      pages.push(store.keyring.verifiedCertifications({ limit: 10, ...present({ after }) }));
    }
    expect(pages.map(({ length }) => length)).toEqual([10, 10, 5, 0]);
    const expected = byIdentifier(verified).map(
      ({ body: _body, issuerKeyId: _keyId, verified: _verified, ...facts }) => facts,
    );
    expect(pages.flat()).toEqual(expected);
  });

  it('are kept up to a limit on each key: unverified ones go first, then the oldest', () => {
    const surplus = 3;
    const unverified = many(MAX_FOREIGN_CERTIFICATIONS, (index) =>
      certification({ issuer: index, subject: 1, createdAt: NOW + index }),
    );
    expect(store.keyring.addCertifications([certification({ issuer: 1, subject: 2 }), ...unverified])).toBe(
      unverified.length + 1,
    );
    expect(
      store.keyring.addCertifications(
        many(surplus, (index) => certification({ issuer: index, subject: 1, createdAt: NOW - 1 })),
      ),
    ).toBe(0);
    const verified = many(surplus, (index) =>
      certification({ issuer: index, subject: 1, verified: true, createdAt: NOW - 2 }),
    );
    expect(store.keyring.addCertifications(verified)).toBe(surplus);
    const kept = store.keyring.certificationsOn(fingerprintOf(1));
    expect(byIdentifier(kept)).toEqual(byIdentifier([...unverified.slice(surplus), ...verified]));
    const newer = many(MAX_FOREIGN_CERTIFICATIONS, (index) =>
      certification({ issuer: index, subject: 1, verified: true, createdAt: NOW - 1 }),
    );
    expect(store.keyring.addCertifications(newer)).toBe(newer.length);
    expect(byIdentifier(store.keyring.certificationsOn(fingerprintOf(1)))).toEqual(byIdentifier(newer));
    expect(store.keyring.certificationsOn(fingerprintOf(2))).toHaveLength(1);
  });

  it('are added by thousands, and read in pages, at a cost that grows with their number', async () => {
    const all = many(16_000, (index) =>
      certification({ issuer: index % 1_600, subject: (index * 7) % 1_601, verified: true }),
    );
    const stores: TestStore[] = [];
    const added = { 1: store, 4: store };
    const add = (amount: 1 | 4): void => {
      const fresh = openTestStore();
      stores.push(fresh);
      added[amount] = fresh.store;
      expect(fresh.store.keyring.addCertifications(all.slice(0, 4_000 * amount))).toBe(4_000 * amount);
    };
    expect(await growth(add)).toBeLessThan(LINEAR);
    const read = (amount: 1 | 4): void => {
      expect(pagesOf(added[amount].keyring, 100)).toHaveLength(40 * amount);
    };
    expect(await growth(read)).toBeLessThan(LINEAR);
    for (const each of stores) each.remove();
  });
});

function pagesOf(keyring: Keyring, limit: number): ReturnType<Keyring['verifiedCertifications']>[] {
  const pages: ReturnType<Keyring['verifiedCertifications']>[] = [];
  for (let after = ''; ;) {
    const page = keyring.verifiedCertifications({ after, limit });
    if (page.length === 0) return pages;
    pages.push(page);
    after = page.at(-1)!.id;
  }
}
