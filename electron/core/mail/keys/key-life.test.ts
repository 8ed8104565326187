import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Contact } from '../../../../shared/contact';
import type { Identity } from '../../../../shared/identity';
import type { KeyLife } from '../../../../shared/key-life';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, sendMail, type TestCore } from '../../testing/make-test-core';
import { SettableClock } from '../../testing/settable-clock';

const DAY = 24 * 60 * 60_000;

let network: LoopbackNetwork;
let clock: SettableClock;
let alice: TestCore;
let bob: TestCore;
let carol: TestCore;
let a: Identity;
let b: Identity;
let c: Identity;
/** Alice as a contact of Bob and Carol. */
let inBob: Contact;
let inCarol: Contact;

beforeAll(async () => {
  network = await LoopbackNetwork.start();
});
afterAll(() => network.stop());

beforeEach(async () => {
  clock = new SettableClock();
  [alice, bob, carol] = await Promise.all([
    makeTestCore(network, { clock }),
    makeTestCore(network, { clock }),
    makeTestCore(network, { clock }),
  ]);
  [a, b, c] = await Promise.all([makeIdentity(alice, 'alice'), makeIdentity(bob, 'bob'), makeIdentity(carol, 'carol')]);
  inBob = await meet(bob, b);
  inCarol = await meet(carol, c);
});
afterEach(() => Promise.all([alice.remove(), bob.remove(), carol.remove()]));

/** Adds Alice to an address book and fetches her key from her onion. */
async function meet(core: TestCore, { id: identityId }: Identity): Promise<Contact> {
  const added = await core.call('contacts.add', { identityId, address: a.address, name: 'Alice' });
  return core.call('contacts.fetchKey', { identityId, contactId: added.id });
}

/** Alice as the contact of Bob, after asking her onion once more. */
function refetched(core: TestCore, identity: Identity, contact: Contact): Promise<Contact> {
  return core.call('contacts.fetchKey', { identityId: identity.id, contactId: contact.id });
}

async function seen(core: TestCore, identity: Identity): Promise<Contact | undefined> {
  const all = await core.call('contacts.list', { identityId: identity.id });
  return all.find(({ address }) => address === a.address);
}

/** Bob's mail to Alice, which waits for her to come online; `release` brings her online. */
async function sealAndHold(): Promise<{ release: () => Promise<void> }> {
  alice.onion.setOnline(false);
  const waiting = bob.when('delivery.changed', ({ delivery }) => delivery.state === 'recipient-offline');
  await sendMail(bob, b, { to: [a.address], subject: 'Sealed long ago' });
  await waiting;
  return {
    release: async () => {
      const finished = bob.when(
        'delivery.changed',
        ({ delivery: { state } }) => state === 'delivered' || state === 'failed',
      );
      alice.onion.setOnline(true);
      clock.advance(DAY);
      await finished;
    },
  };
}

async function deliver(core: TestCore, from: Identity, to: { core: TestCore; address: string }): Promise<void> {
  const stored = to.core.when('message.stored', ({ message }) => message.from === from.address);
  await sendMail(core, from, { to: [to.address] });
  await stored;
}

const ofAlice = (): { identityId: Identity['id'] } => ({ identityId: a.id });
const life = (): Promise<KeyLife> => alice.call('identities.keyLife', ofAlice());

describe('a new key', () => {
  it('is shown with what will become of it', async () => {
    const { certifiedAt, createdAt, certificationExpiresAt, subkey } = await life();
    expect(certifiedAt).toBeGreaterThan(clock.now() - 30 * DAY);
    expect(certifiedAt).toBeLessThanOrEqual(clock.now());
    expect(certificationExpiresAt).toBe(certifiedAt + 365 * DAY);
    expect([createdAt, subkey.createdAt]).toEqual([clock.now(), clock.now()]);
    expect(subkey.rotatesAt).toBeGreaterThanOrEqual(clock.now());
    expect(subkey.rotatesAt).toBeLessThanOrEqual(clock.now() + 210 * DAY);
    expect(await life()).toMatchObject({
      fingerprint: a.fingerprint,
      retired: [],
      revoked: false,
      policy: { rotateEveryDays: 180, keepOldDays: 0 },
      showsVouchers: false,
    });
    expect((await life()).expiresAt).toBeUndefined();
    expect((await alice.call('identities.showVouchers', { ...ofAlice(), shown: true })).showsVouchers).toBe(true);
  });
});

describe('a renewed key', () => {
  it('tells every contact who asks, and ends when it says', async () => {
    const ends = clock.now() + 40 * DAY;
    const renewed = await alice.call('identities.renewKey', { ...ofAlice(), expiresAt: ends });
    expect(renewed).toMatchObject({ expiresAt: ends, fingerprint: a.fingerprint });
    expect(renewed.certifiedAt).toBeGreaterThan(inBob.certifiedAt ?? 0);
    for (const [core, identity, contact] of [
      [bob, b, inBob],
      [carol, c, inCarol],
    ] as const) {
      expect(await refetched(core, identity, contact)).toMatchObject({
        keyState: 'certified',
        fingerprint: a.fingerprint,
        certifiedAt: renewed.certifiedAt,
      });
    }
    clock.advance(41 * DAY);
    await expect(refetched(bob, b, inBob)).rejects.toMatchObject({ code: 'key-refused' });
    expect(await seen(bob, b)).toMatchObject({ keyState: 'expired', standing: { kind: 'expired' } });

    await alice.call('identities.renewKey', { ...ofAlice(), expiresAt: null });
    expect(await refetched(bob, b, inBob)).toMatchObject({ keyState: 'certified', fingerprint: a.fingerprint });
    expect((await life()).expiresAt).toBeUndefined();
  });

  it('gets no last day that is past or later than a key can last', async () => {
    const before = await life();
    for (const expiresAt of [clock.now() - DAY, clock.now() + 1000, clock.now() + 200 * 365 * DAY]) {
      await expect(alice.call('identities.renewKey', { ...ofAlice(), expiresAt })).rejects.toMatchObject({
        code: 'trust-refused',
      });
    }
    expect(await life()).toEqual(before);
  });
});

describe('a rotated encryption subkey', () => {
  it('reaches contacts, and mail that was sealed before is still opened', async () => {
    const held = await sealAndHold();
    const { subkey: before } = await life();
    const rotated = await alice.call('identities.rotateSubkey', ofAlice());
    expect(rotated.subkey.fingerprint).not.toBe(before.fingerprint);
    expect(rotated.retired).toEqual([{ fingerprint: before.fingerprint, kind: 'subkey', retiredAt: clock.now() }]);

    const stored = alice.when('message.stored', ({ message }) => message.subject === 'Sealed long ago');
    await held.release();
    expect((await stored).message.protection).toBe('verified');
    expect(await refetched(carol, c, inCarol)).toMatchObject({ keyState: 'certified', fingerprint: a.fingerprint });
    await deliver(carol, c, { core: alice, address: a.address });
  });

  it('opens no earlier mail once the old secret is destroyed: its sender seals it anew', async () => {
    const held = await sealAndHold();
    await alice.call('identities.rotateSubkey', ofAlice());
    const { retired } = await alice.call('identities.setKeyPolicy', {
      ...ofAlice(),
      policy: { rotateEveryDays: 0, keepOldDays: 3 },
    });
    expect(retired).toMatchObject([{ destroyedAt: clock.now() + 3 * DAY }]);
    clock.advance(2 * DAY);
    expect((await life()).retired).toHaveLength(1);
    clock.advance(DAY);
    await vi.waitFor(async () => {
      expect((await life()).retired).toEqual([]);
    });

    const arrived = alice.when('message.stored', ({ message }) => message.subject === 'Sealed long ago');
    const tried = bob.when('delivery.changed', ({ delivery }) => delivery.reason === 'key-changed');
    await held.release();
    await Promise.all([tried, arrived]);
  });

  it('is made by itself when it is due, with a fresh certification', async () => {
    await alice.call('identities.setKeyPolicy', { ...ofAlice(), policy: { rotateEveryDays: 10, keepOldDays: 25 } });
    await alice.call('identities.rotateSubkey', ofAlice());
    const { subkey, certifiedAt } = await life();
    clock.advance(12 * DAY);
    await vi.waitFor(async () => {
      expect((await life()).subkey.fingerprint).not.toBe(subkey.fingerprint);
    });
    const rotated = await life();
    expect(rotated.certifiedAt).toBeGreaterThan(certifiedAt);
    expect(rotated.retired[0]).toMatchObject({ fingerprint: subkey.fingerprint });
    const wait = (rotated.subkey.rotatesAt ?? 0) - clock.now();
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThan(12 * DAY);
    expect(await refetched(bob, b, inBob)).toMatchObject({ keyState: 'certified', certifiedAt: rotated.certifiedAt });
  });

  it('keeps its keys over a restart, and does what was due meanwhile', async () => {
    await alice.call('identities.rotateSubkey', ofAlice());
    const before = await life();
    await alice.stop();
    clock.advance(31 * DAY);
    alice = await makeTestCore(network, { clock, directory: alice.directory });
    const after = await life();
    expect(after).toMatchObject({ subkey: before.subkey, retired: before.retired });
    // Not the time at which the program was opened, but one that was due while it was closed.
    expect(after.certifiedAt).toBeGreaterThan(before.certifiedAt);
    expect(after.certifiedAt).toBeLessThan(clock.now());
    await alice.stop();
    clock.advance(180 * DAY);
    alice = await makeTestCore(network, { clock, directory: alice.directory });
    expect((await life()).retired).toHaveLength(2);
  });

  it('waits for its turn: two at once are made one after the other', async () => {
    await Promise.all([
      alice.call('identities.rotateSubkey', ofAlice()),
      alice.call('identities.rotateSubkey', ofAlice()),
    ]);
    const { retired, subkey } = await life();
    expect(new Set([subkey.fingerprint, ...retired.map(({ fingerprint }) => fingerprint)]).size).toBe(3);
    expect(await refetched(bob, b, inBob)).toMatchObject({ keyState: 'certified' });
    await deliver(bob, b, { core: alice, address: a.address });
  });
});

describe('a replaced key', () => {
  it('is shown as changed to contacts who ask the onion, and to contacts who get mail', async () => {
    const changed = alice.when('identity.changed', ({ identity }) => identity.fingerprint !== a.fingerprint);
    const replaced = await alice.call('identities.replaceKey', ofAlice());
    expect((await changed).identity.fingerprint).toBe(replaced.fingerprint);
    expect(replaced.fingerprint).not.toBe(a.fingerprint);
    expect((await life()).retired).toMatchObject([{ fingerprint: a.fingerprint, kind: 'key' }]);

    expect(await refetched(bob, b, inBob)).toMatchObject({
      keyState: 'changed',
      fingerprint: replaced.fingerprint,
      standing: { kind: 'changed', continuity: true, wasVerified: false },
    });
    await deliver(alice, replaced, { core: carol, address: c.address });
    const changedWithContinuity = {
      keyState: 'changed',
      fingerprint: replaced.fingerprint,
      standing: { kind: 'changed', continuity: true },
    };
    await vi.waitFor(async () => {
      expect(await seen(carol, c)).toMatchObject(changedWithContinuity);
    });
  });

  it('opens what was sealed to the key before', async () => {
    const held = await sealAndHold();
    await alice.call('identities.replaceKey', ofAlice());
    const stored = alice.when('message.stored', ({ message }) => message.subject === 'Sealed long ago');
    await held.release();
    expect((await stored).message.protection).toBe('verified');
  });

  it('signs anew what was sealed with the key before and still waits', async () => {
    const added = await alice.call('contacts.add', { ...ofAlice(), address: b.address, name: 'Bob' });
    await alice.call('contacts.fetchKey', { ...ofAlice(), contactId: added.id });
    const held = await sealAndHold();
    const { fingerprint } = await bob.call('identities.replaceKey', { identityId: b.id });
    const stored = alice.when('message.stored', ({ message }) => message.subject === 'Sealed long ago');
    await held.release();
    expect((await stored).message.protection).toBe('verified');
    await alice.inside.session.require(a.id).settled();
    expect(await alice.call('contacts.list', ofAlice())).toMatchObject([
      { fingerprint, standing: { kind: 'changed', continuity: true } },
    ]);
  });

  it('cannot be rolled back', async () => {
    const old = await alice.call('identities.exportPublicKey', ofAlice());
    const replaced = await alice.call('identities.replaceKey', ofAlice());
    await refetched(bob, b, inBob);
    const result = await bob.call('keys.import', { identityId: b.id, content: new TextEncoder().encode(old.key) });
    expect(result).toMatchObject({ keys: 0, skipped: { notCertified: 1 } });
    expect(await seen(bob, b)).toMatchObject({ fingerprint: replaced.fingerprint });
  });

  it('certifies again the contacts that the user has verified', async () => {
    const added = await alice.call('contacts.add', { ...ofAlice(), address: b.address, name: 'Bob' });
    const { fingerprint } = await alice.call('contacts.fetchKey', { ...ofAlice(), contactId: added.id });
    const certify = { level: 'positive', shared: false } as const;
    await alice.call('contacts.verifyFingerprint', {
      ...ofAlice(),
      contactId: added.id,
      fingerprint: fingerprint!,
      certify,
    });
    await alice.call('identities.replaceKey', ofAlice());
    const [known] = await alice.call('contacts.list', ofAlice());
    expect(known).toMatchObject({ standing: { kind: 'verified' } });
  });
});

describe('a revoked key', () => {
  const revoke = (): Promise<KeyLife> =>
    alice.call('identities.revokeKey', { ...ofAlice(), reason: 'compromised', confirmAddress: a.address });

  it('is known to contacts who ask, and stays so whatever older block is sent to them', async () => {
    const old = await alice.call('identities.exportPublicKey', ofAlice());
    expect((await revoke()).revoked).toBe(true);
    await expect(refetched(bob, b, inBob)).rejects.toMatchObject({ code: 'key-refused' });
    expect(await seen(bob, b)).toMatchObject({
      keyState: 'revoked',
      fingerprint: a.fingerprint,
      standing: { kind: 'revoked' },
    });
    await bob.call('keys.import', { identityId: b.id, content: new TextEncoder().encode(old.key) });
    expect(await seen(bob, b)).toMatchObject({ keyState: 'revoked', fingerprint: a.fingerprint });
  });

  it('is neither renewed, rotated nor certified again, and sends no mail', async () => {
    await revoke();
    const { certifiedAt } = await life();
    await expect(revoke()).rejects.toMatchObject({ code: 'trust-refused', reason: 'key-revoked' });
    await expect(alice.call('identities.renewKey', { ...ofAlice(), expiresAt: null })).rejects.toMatchObject({
      code: 'trust-refused',
    });
    await expect(alice.call('identities.rotateSubkey', ofAlice())).rejects.toMatchObject({
      code: 'trust-refused',
      reason: 'key-revoked',
    });
    await expect(sendMail(alice, a, { to: [b.address] })).rejects.toMatchObject({
      code: 'trust-refused',
      reason: 'key-revoked',
    });
    await alice.stop();
    clock.advance(200 * DAY);
    alice = await makeTestCore(network, { clock, directory: alice.directory });
    expect(await life()).toMatchObject({ revoked: true, certifiedAt, retired: [] });
    expect((await life()).subkey.rotatesAt).toBeUndefined();
  });

  it('is revoked only when its address is repeated', async () => {
    const wrong = alice.call('identities.revokeKey', { ...ofAlice(), reason: 'retired', confirmAddress: b.address });
    await expect(wrong).rejects.toMatchObject({ code: 'address-invalid' });
    expect((await life()).revoked).toBe(false);
  });

  it('gives way to a new key, which its replayed revocation does not hurt', async () => {
    await revoke();
    await expect(refetched(bob, b, inBob)).rejects.toMatchObject({ code: 'key-refused' });
    const revoked = await alice.call('identities.exportPublicKey', ofAlice());
    const replaced = await alice.call('identities.replaceKey', ofAlice());
    expect(await life()).toMatchObject({ revoked: false, fingerprint: replaced.fingerprint });
    const changed = {
      keyState: 'changed',
      fingerprint: replaced.fingerprint,
      standing: { kind: 'changed', continuity: false },
    };
    expect(await refetched(bob, b, inBob)).toMatchObject(changed);
    await deliver(alice, replaced, { core: carol, address: c.address });
    await vi.waitFor(async () => {
      expect(await seen(carol, c)).toMatchObject(changed);
    });
    for (const [core, identity] of [
      [bob, b],
      [carol, c],
    ] as const) {
      await core.call('keys.import', { identityId: identity.id, content: new TextEncoder().encode(revoked.key) });
      expect(await seen(core, identity)).toMatchObject(changed);
    }
  });
});

describe('a key that the person had before', () => {
  async function exportedFrom(core: TestCore, identity: Identity): Promise<Uint8Array> {
    const { key } = await core.call('identities.exportSecretKey', {
      identityId: identity.id,
      passphrase: 'a long passphrase',
    });
    return new TextEncoder().encode(key);
  }

  it('becomes the key of the identity, and contacts see the change', async () => {
    const other = await makeIdentity(alice, 'other');
    const key = await exportedFrom(alice, other);
    expect(await alice.call('identities.importKey', { ...ofAlice(), key })).toEqual({
      outcome: 'refused',
      problem: 'passphrase-needed',
    });
    expect(await alice.call('identities.importKey', { ...ofAlice(), key, passphrase: 'another' })).toEqual({
      outcome: 'refused',
      problem: 'passphrase-wrong',
    });
    expect((await life()).retired).toEqual([]);
    const imported = await alice.call('identities.importKey', { ...ofAlice(), key, passphrase: 'a long passphrase' });
    expect(imported).toMatchObject({
      outcome: 'imported',
      identity: { fingerprint: other.fingerprint, address: a.address },
    });
    expect((await life()).retired).toMatchObject([{ fingerprint: a.fingerprint, kind: 'key' }]);
    expect(await refetched(bob, b, inBob)).toMatchObject({
      keyState: 'changed',
      fingerprint: other.fingerprint,
      standing: { kind: 'changed', continuity: true },
    });
    await deliver(bob, b, { core: alice, address: a.address });
  });

  it('changes nothing when it is the key of today, and does not come back once revoked', async () => {
    const key = await exportedFrom(alice, a);
    const passphrase = 'a long passphrase';
    const before = await life();
    expect(await alice.call('identities.importKey', { ...ofAlice(), key, passphrase })).toMatchObject({
      outcome: 'imported',
      identity: { fingerprint: a.fingerprint },
    });
    expect(await life()).toEqual(before);
    await alice.call('identities.revokeKey', { ...ofAlice(), reason: 'retired', confirmAddress: a.address });
    const refusal = { outcome: 'refused', problem: 'revoked' };
    expect(await alice.call('identities.importKey', { ...ofAlice(), key, passphrase })).toEqual(refusal);
    await alice.call('identities.replaceKey', ofAlice());
    expect(await alice.call('identities.importKey', { ...ofAlice(), key, passphrase })).toEqual(refusal);
  });
});
