import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PosthornError } from '../../../../shared/errors';
import type { Pgp } from '../../ports/pgp';
import { DAY, NOW, addressOf, makeIdentity, seedOf, type TestIdentity } from './own-identity';

const CONTENT = new TextEncoder().encode('Content-Type: text/plain\r\n\r\nWe meet at noon.\r\n');

/** What every implementation of `Pgp` does, wherever it runs. `open` gets a fresh one; the suite closes it. */
export function describePgp(name: string, open: () => Promise<Pgp>): void {
  describe(`Pgp: ${name}`, () => {
    let pgp: Pgp;
    let alice: TestIdentity;
    let bob: TestIdentity;

    beforeAll(async () => {
      pgp = await open();
      [alice, bob] = await Promise.all([makeIdentity('alice', 1), makeIdentity('bob', 2)]);
    });
    afterAll(() => pgp.close());

    it('makes an identity whose key the onion certifies', async () => {
      const seed = seedOf(9);
      const address = addressOf('carol', seed);
      const keys = await pgp.generateIdentityKeys({ address, onionSeed: seed, now: NOW });
      const check = await pgp.checkKeyBlock({ block: keys.publicKey, address, now: NOW });
      expect(check).toMatchObject({
        outcome: 'certified',
        fingerprint: keys.fingerprint,
        certifiedAt: NOW,
        expiresAt: NOW + 365 * DAY,
      });
    });

    it('renews a certification', async () => {
      const later = NOW + 30 * DAY;
      const { keys, address, seed } = alice;
      const renewed = await pgp.recertify({ keys, address, onionSeed: seed, now: later });
      const check = await pgp.checkKeyBlock({ block: renewed.publicKey, address, now: later });
      expect(check).toMatchObject({ outcome: 'certified', certifiedAt: later, fingerprint: keys.fingerprint });
      // One certification in the place of the other; R and S are an octet shorter for each leading zero octet.
      expect(Math.abs(renewed.publicKey.length - keys.publicKey.length)).toBeLessThan(8);
    });

    it('refuses a key of another onion', async () => {
      const check = await pgp.checkKeyBlock({
        block: alice.keys.publicKey,
        address: addressOf('alice', seedOf(3)),
        now: NOW,
      });
      expect(check).toEqual({ outcome: 'refused', reason: 'user-id-differs' });
    });

    it('signs what travels beside its signature', async () => {
      const signature = await pgp.signDetached({ content: CONTENT, secretKey: alice.keys.secretKey, now: NOW });
      const { publicKey } = alice.keys;
      const check = (o: Partial<Parameters<Pgp['verifyDetached']>[0]>) =>
        pgp.verifyDetached({ content: CONTENT, signature, publicKey, now: NOW, ...o });
      expect(await check({})).toEqual({ outcome: 'valid', signedAt: NOW - (NOW % 1_000) });
      expect(await check({ content: CONTENT.slice(1) })).toEqual({ outcome: 'invalid', reason: 'bad-signature' });
      expect(await check({ publicKey: bob.keys.publicKey })).toEqual({ outcome: 'invalid', reason: 'wrong-key' });
      const sealed = await pgp.seal({
        content: CONTENT,
        secretKey: alice.keys.secretKey,
        recipients: [publicKey],
        now: NOW,
      });
      for (const other of [sealed, new Uint8Array(), CONTENT, signature.slice(0, 90)])
        expect(await check({ signature: other })).toEqual({ outcome: 'invalid', reason: 'bad-signature' });
    });

    it('seals, opens and verifies without touching a byte', async () => {
      const recipients = [bob.keys.publicKey, alice.keys.publicKey];
      const sealed = await pgp.seal({ content: CONTENT, secretKey: alice.keys.secretKey, recipients, now: NOW });
      for (const reader of [alice, bob]) {
        const opened = await pgp.decrypt({ sealed, secretKey: reader.keys.secretKey });
        if (opened.outcome !== 'decrypted') throw new Error(opened.reason);
        expect(Buffer.from(opened.content)).toEqual(Buffer.from(CONTENT));
        const { signedMessage } = opened;
        const check = await pgp.verify({ signedMessage, publicKey: alice.keys.publicKey, now: NOW });
        expect(check).toEqual({ outcome: 'valid', signedAt: NOW });
        const other = await pgp.verify({ signedMessage, publicKey: bob.keys.publicKey, now: NOW });
        expect(other).toEqual({ outcome: 'invalid', reason: 'wrong-key' });
      }
    });

    it('does not open what is for somebody else', async () => {
      const sealed = await pgp.seal({
        content: CONTENT,
        secretKey: alice.keys.secretKey,
        recipients: [alice.keys.publicKey],
        now: NOW,
      });
      expect(await pgp.decrypt({ sealed, secretKey: bob.keys.secretKey })).toEqual({
        outcome: 'refused',
        reason: 'not-for-this-key',
      });
    });

    it('carries a large message and leaves the caller its bytes', async () => {
      const content = new Uint8Array(3 << 20).fill(0x61);
      const { secretKey, publicKey } = alice.keys;
      const sealed = await pgp.seal({ content, secretKey, recipients: [publicKey], now: NOW });
      expect(content.length).toBe(3 << 20);
      const opened = await pgp.decrypt({ sealed, secretKey });
      expect(sealed.length).toBeGreaterThan(4 << 20);
      if (opened.outcome !== 'decrypted') throw new Error(opened.reason);
      expect(Buffer.compare(opened.content, content)).toBe(0);
      const check = await pgp.verify({ signedMessage: opened.signedMessage, publicKey, now: NOW });
      expect(check.outcome).toBe('valid');
    });

    it('seals for one alone without a name, and opens that again', async () => {
      for (const content of [CONTENT, new Uint8Array(3 << 20).fill(0x61)]) {
        const sealed = await pgp.sealAnonymously({ content, recipient: bob.keys.publicKey, now: NOW });
        const opened = await pgp.openAnonymous({
          sealed,
          secretKey: alice.keys.secretKey,
          retired: [bob.keys.secretKey],
        });
        expect(opened.outcome === 'opened' && Buffer.compare(opened.content, content)).toBe(0);
        expect(await pgp.openAnonymous({ sealed, secretKey: alice.keys.secretKey })).toEqual({
          outcome: 'refused',
          reason: 'not-for-this-key',
        });
      }
      await expect(
        pgp.sealAnonymously({ content: CONTENT, recipient: bob.keys.publicKey, now: NOW - 10 * DAY }),
      ).rejects.toMatchObject({ code: 'key-refused' });
    });

    it('throws the one kind of error', async () => {
      const { secretKey } = alice.keys;
      const failure = await pgp
        .seal({ content: CONTENT, secretKey, recipients: [Uint8Array.of(1)], now: NOW })
        .catch((e: unknown) => e);
      expect(failure).toBeInstanceOf(PosthornError);
      expect(failure).toMatchObject({ code: 'key-refused' });
    });

    it('certifies, finds it again on the key, verifies it and takes it back', async () => {
      const ours = { secretKey: alice.keys.secretKey, subject: bob.keys.publicKey };
      const trust = { depth: 1, amount: 'full' as const };
      const made = await pgp.certify({
        ...ours,
        level: 'positive',
        exportable: true,
        expiresAt: NOW + DAY,
        trust,
        now: NOW,
      });
      const revoked = await pgp.revokeCertification({ ...ours, exportable: true, now: NOW + DAY });
      const block = await pgp.withCertifications({ block: bob.keys.publicKey, bodies: [revoked.body, made.body] });
      expect(await pgp.readCertifications({ block })).toEqual({ certifications: [revoked, made], omitted: 0 });
      const check = { body: made.body, subject: bob.keys.publicKey, issuer: alice.keys.publicKey };
      const answers = await pgp.verifyCertifications({
        checks: [check, { ...check, body: revoked.body }, { ...check, subject: alice.keys.publicKey }],
      });
      expect(answers).toEqual([true, true, false]);
      expect(made).toMatchObject({
        issuer: alice.keys.fingerprint,
        subject: bob.keys.fingerprint,
        kind: 'certification',
        level: 3,
      });
      expect(revoked.kind).toBe('revocation');
    });

    it('does not certify what is no key, nor until yesterday', async () => {
      const ours = {
        secretKey: alice.keys.secretKey,
        subject: bob.keys.publicKey,
        level: 'casual' as const,
        exportable: false,
        now: NOW,
      };
      await expect(pgp.certify({ ...ours, subject: Uint8Array.of(1) })).rejects.toMatchObject({ code: 'key-refused' });
      await expect(pgp.certify({ ...ours, expiresAt: NOW - DAY })).rejects.toMatchObject({ code: 'trust-refused' });
      await expect(pgp.withCertifications({ block: new Uint8Array(), bodies: [] })).rejects.toMatchObject({
        code: 'key-refused',
      });
    });

    it('splits a ring into keys, and finds none where there is none', async () => {
      const text = (await pgp.armorPublicKey(alice.keys.publicKey)) + (await pgp.armorPublicKey(bob.keys.publicKey));
      const split = await pgp.splitKeys({ content: Buffer.from(text) });
      expect(split?.map(({ address, fingerprint }) => [address, fingerprint])).toEqual(
        [alice, bob].map((one) => [one.address, one.keys.fingerprint]),
      );
      expect(Buffer.from(split?.[1]?.block ?? [])).toEqual(Buffer.from(bob.keys.publicKey));
      expect(await pgp.splitKeys({ content: Buffer.from('nothing') })).toBeUndefined();
    });

    it('trusts an onion for its own names alone', async () => {
      const block = await pgp.trustOnion({ secretKey: alice.keys.secretKey, address: bob.address, now: NOW });
      const onion = bob.address.slice(bob.address.indexOf('@') + 1, -'.onion'.length);
      const { certifications } = await pgp.readCertifications({ block });
      const trust = { depth: 1, amount: 120, regex: `<[^>]+[@.]${onion}\\.onion>$` };
      expect(certifications).toMatchObject([{ issuer: alice.keys.fingerprint, exportable: false, level: 3, trust }]);
    });

    it('computes validity', async () => {
      const [root, friend] = [alice.keys.fingerprint, bob.keys.fingerprint];
      const result = await pgp.computeValidity({
        now: NOW,
        keys: [
          { fingerprint: root, userId: `<${alice.address}>`, revoked: false },
          { fingerprint: friend, userId: `<${bob.address}>`, revoked: false },
        ],
        certifications: [
          {
            issuer: root,
            subject: friend,
            kind: 'certification',
            level: 3,
            createdAt: NOW - DAY,
            expiresAt: NOW + DAY,
          },
        ],
        ownerTrust: new Map([[root, 'ultimate']]),
      });
      expect(result.validities.get(root)?.validity).toBe('ultimate');
      expect(result.validities.get(friend)?.validity).toBe('full');
      expect(result.nextChangeAt).toBe(NOW + DAY);
    });

    it('exports armored keys', async () => {
      const { secretKey, publicKey } = alice.keys;
      expect(await pgp.armorPublicKey(publicKey)).toMatch(/^-----BEGIN PGP PUBLIC KEY BLOCK-----\r\n\r\n/);
      const exported = await pgp.exportSecretKey({ secretKey, publicKey, passphrase: 'correct horse' });
      expect(exported).toMatch(/^-----BEGIN PGP PRIVATE KEY BLOCK-----\r\n\r\n/);
      expect(await pgp.exportCertifyingKey({ onionSeed: alice.seed })).toMatch(/^-----BEGIN PGP PUBLIC KEY BLOCK-----/);
    });
  });
}
