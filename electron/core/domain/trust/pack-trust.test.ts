import { expect, it } from 'vitest';
import type { Fingerprint } from '../../../../shared/ids';
import { packTrust, unpackTrust } from './pack-trust';
import { packValidities, unpackValidities } from './pack-validities';
import type { TrustInput, TrustResult } from './trust-model';

const [a, b, c] = ['A', 'B', 'C'].map((digit) => digit.repeat(40) as Fingerprint) as [
  Fingerprint,
  Fingerprint,
  Fingerprint,
];

it('brings a ring back as it was', () => {
  const input: TrustInput = {
    now: 1_800_000_000_123,
    keys: [
      { fingerprint: a, userId: '<a@x>', revoked: false },
      { fingerprint: b, userId: '', revoked: true, expiresAt: 4_000_000_000_000 },
    ],
    certifications: [
      { issuer: a, subject: b, kind: 'certification', level: 0, createdAt: 0 },
      // Of a key that is not in the ring.
      {
        issuer: c,
        subject: a,
        kind: 'revocation',
        level: 3,
        createdAt: 1_700_000_000_000,
        expiresAt: 1_900_000_000_000,
      },
      {
        issuer: b,
        subject: a,
        kind: 'certification',
        level: 2,
        createdAt: 1,
        trust: { depth: 255, amount: 255, regex: '<x>$' },
      },
      {
        issuer: b,
        subject: a,
        kind: 'certification',
        level: 1,
        createdAt: 2,
        expiresAt: 0,
        trust: { depth: 0, amount: 0 },
      },
    ],
    ownerTrust: new Map([
      [a, 'ultimate'],
      [c, 'never'],
    ]),
  };
  expect(unpackTrust(structuredClone(packTrust(input)))).toStrictEqual(input);
  const empty: TrustInput = { now: 0, keys: [], certifications: [], ownerTrust: new Map() };
  expect(unpackTrust(packTrust(empty))).toStrictEqual(empty);
});

it('brings the answer back as it was', () => {
  const result: TrustResult = {
    validities: new Map([
      [b, { validity: 'full', path: [], countedIssuers: [a] }],
      [a, { validity: 'ultimate', path: [], countedIssuers: [] }],
      [c, { validity: 'marginal', path: [a, b], countedIssuers: [b, a] }],
    ]),
    nextChangeAt: 1_800_000_000_000,
  };
  expect(unpackValidities(structuredClone(packValidities(result)))).toStrictEqual(result);
  const empty: TrustResult = { validities: new Map() };
  expect(unpackValidities(packValidities(empty))).toStrictEqual(empty);
});
