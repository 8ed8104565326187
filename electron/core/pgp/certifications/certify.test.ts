import { beforeAll, describe, expect, it } from 'vitest';
import { certify, revokeCertification } from './certify';
import { createCertificationVerifier } from './verify-certifications';
import { withCertifications } from './merge-certifications';
import { readCertifications } from './read-certifications';
import { splitKeys } from './split-keys';
import { DAY, NOW, makeIdentity, type TestIdentity } from '../testing/own-identity';

const verify = createCertificationVerifier();
let alice: TestIdentity;
let bob: TestIdentity;

beforeAll(async () => {
  [alice, bob] = await Promise.all([makeIdentity('alice', 1), makeIdentity('bob', 2)]);
});

const base = () => ({
  secretKey: alice.keys.secretKey,
  subject: bob.keys.publicKey,
  level: 'positive' as const,
  exportable: false,
  now: NOW,
});

describe('certify', () => {
  it('makes a local certification that verifies', async () => {
    const made = await certify(base());
    expect(made).toMatchObject({
      issuer: alice.keys.fingerprint,
      subject: bob.keys.fingerprint,
      kind: 'certification',
      level: 3,
      createdAt: NOW,
      exportable: false,
    });
    expect(made).not.toHaveProperty('expiresAt');
    expect(made).not.toHaveProperty('trust');
    const checks = [
      { body: made.body, subject: bob.keys.publicKey, issuer: alice.keys.publicKey },
      { body: made.body, subject: alice.keys.publicKey, issuer: bob.keys.publicKey },
      { body: made.body, subject: alice.keys.publicKey, issuer: alice.keys.publicKey },
    ];
    expect(await verify({ checks })).toEqual([true, false, false]);
  });

  it('says level, expiry, introducer and limit', async () => {
    const trust = { depth: 2, amount: 'marginal' as const, regex: '<[^>]+[@.]x\\.onion>$' };
    const made = await certify({ ...base(), level: 'casual', exportable: true, expiresAt: NOW + DAY, trust });
    expect(made).toMatchObject({
      level: 2,
      exportable: true,
      expiresAt: NOW + DAY,
      trust: { depth: 2, amount: 60, regex: trust.regex },
    });
    expect(
      await verify({ checks: [{ body: made.body, subject: bob.keys.publicKey, issuer: alice.keys.publicKey }] }),
    ).toEqual([true]);
  });

  it('revokes', async () => {
    const made = await revokeCertification({ ...base(), exportable: true });
    expect(made).toMatchObject({ kind: 'revocation', level: 0, exportable: true });
    expect(
      await verify({ checks: [{ body: made.body, subject: bob.keys.publicKey, issuer: alice.keys.publicKey }] }),
    ).toEqual([true]);
  });

  it('goes on a block and comes back', async () => {
    const made = await certify(base());
    const later = await certify({ ...base(), now: NOW + DAY });
    const block = withCertifications({ block: bob.keys.publicKey, bodies: [later.body, made.body, made.body] });
    expect(await readCertifications({ block })).toEqual({ certifications: [later, made], omitted: 0 });
    expect(await splitKeys({ content: block })).toMatchObject([
      { fingerprint: bob.keys.fingerprint, address: bob.address },
    ]);
  });
});
