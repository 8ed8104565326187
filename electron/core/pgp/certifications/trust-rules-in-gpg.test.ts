import { describe, expect, it } from 'vitest';
import type { Validity } from '../../../../shared/trust';
import { computeValidity } from '../../domain/trust/compute-validity';
import { gpgValidity } from '../testing/gpg-validity';
import {
  POOL_KEYS_CREATED,
  makeTestPool,
  type TestCertification,
  type TestPool,
  type TestRing,
  type TestWeb,
} from '../testing/trust-ring';

const NOW = Date.UTC(2026, 4, 17, 10, 20, 30);
const DAY = 24 * 60 * 60_000;
const HARBOUR = '<[^>]+[@.]harbour\\.onion>$';

const pool: Promise<TestPool> = makeTestPool(
  Array.from({ length: 8 }, (_, number) => `<k${number}@${number % 2 === 0 ? 'harbour' : 'house'}.onion>`),
);

const certify = (from: number, to: number, extra: Partial<TestCertification> = {}): TestCertification => ({
  from,
  to,
  kind: 'certification',
  level: 3,
  createdAt: NOW - 10 * DAY,
  ...extra,
});
const introduce = (
  from: number,
  to: number,
  depth: number,
  trust: { amount?: number; regex?: string; createdAt?: number } = {},
): TestCertification => {
  const { createdAt = NOW - 10 * DAY, amount = 120, regex } = trust;
  return certify(from, to, { createdAt, trust: { depth, amount, ...(regex !== undefined && { regex }) } });
};

type Case = {
  readonly certifications: readonly TestCertification[];
  readonly keys?: Readonly<Record<number, TestWeb['keys'][number]>>;
  readonly trust?: TestWeb['ownerTrust'];
};

async function ringOf({ certifications, keys = {}, trust = new Map([[0, 'ultimate']]) }: Case): Promise<TestRing> {
  const web = {
    now: NOW,
    keys: Array.from({ length: 8 }, (_, number) => keys[number] ?? {}),
    certifications,
    ownerTrust: trust,
  };
  return (await pool).ring(web);
}

function inOrder(
  ring: TestRing,
  of: (fingerprint: TestRing['input']['keys'][number]['fingerprint']) => Validity | undefined,
): string {
  return ring.input.keys.map(({ fingerprint }) => of(fingerprint)).join(' ');
}

async function both(one: Case): Promise<{ readonly gpg: string; readonly imported: string; readonly engine: string }> {
  const ring = await ringOf(one);
  const [gpg, imported] = [await gpgValidity(ring), await gpgValidity(ring, { viaImport: true })];
  const { validities } = computeValidity(ring.input);
  return {
    gpg: inOrder(ring, (fingerprint) => gpg.get(fingerprint)),
    imported: inOrder(ring, (fingerprint) => imported.get(fingerprint)),
    engine: inOrder(ring, (fingerprint) => validities.get(fingerprint)?.validity),
  };
}

/** Two introducers of depth 2 who both appoint key 3, which certifies keys 4 and 5. */
const rivals = (...appoint: readonly TestCertification[]): Case => ({
  certifications: [introduce(0, 1, 2), introduce(0, 2, 2), ...appoint, certify(3, 4), certify(3, 5)],
});

const cases: Readonly<Record<string, readonly [Case, string]>> = {
  'an ultimately trusted key that has expired introduces no key': [
    { certifications: [certify(0, 1)], keys: { 0: { expiresAt: NOW - DAY } } },
    'expired unknown',
  ],
  'an ultimately trusted key that is revoked introduces no key': [
    { certifications: [certify(0, 1)], keys: { 0: { revoked: true } } },
    'revoked unknown',
  ],
  'a certification dated in the future counts, and so does a revocation': [
    {
      certifications: [
        certify(0, 1, { createdAt: NOW + DAY }),
        certify(0, 2),
        certify(0, 2, { kind: 'revocation', createdAt: NOW + DAY }),
      ],
    },
    'ultimate full unknown',
  ],
  'a certification dated before its issuer does not count': [
    {
      certifications: [
        certify(0, 1, { createdAt: POOL_KEYS_CREATED - 1000 }),
        certify(0, 2, { createdAt: POOL_KEYS_CREATED }),
      ],
    },
    'ultimate unknown full',
  ],
  'a certification ends with the second of its expiry': [
    { certifications: [certify(0, 1, { expiresAt: NOW }), certify(0, 2, { expiresAt: NOW + 1000 })] },
    'ultimate unknown full',
  ],
  'a key ends after the second of its expiry': [
    { certifications: [certify(0, 1), certify(0, 2)], keys: { 1: { expiresAt: NOW }, 2: { expiresAt: NOW - 1000 } } },
    'ultimate full expired',
  ],
  'of equal times the later packet counts': [
    {
      certifications: [
        certify(0, 1),
        certify(0, 1, { kind: 'revocation' }),
        certify(0, 2, { kind: 'revocation' }),
        certify(0, 2),
      ],
    },
    'ultimate unknown full',
  ],
  'an expired certification does not give way to an earlier one': [
    { certifications: [certify(0, 1), certify(0, 1, { createdAt: NOW - 2 * DAY, expiresAt: NOW - DAY })] },
    'ultimate unknown',
  ],
  'level 1 neither counts nor replaces, level 0 counts': [
    {
      certifications: [
        certify(0, 1),
        certify(0, 1, { level: 1, createdAt: NOW - DAY }),
        certify(0, 2, { level: 0 }),
        certify(0, 3, { level: 1 }),
      ],
    },
    'ultimate full full unknown',
  ],
  'a trust signature prevails over «never»': [
    {
      certifications: [introduce(0, 1, 1), certify(1, 2)],
      trust: new Map([
        [0, 'ultimate'],
        [1, 'never'],
      ]),
    },
    'ultimate full full',
  ],
  'five certifications are the most': [
    { certifications: [0, 1, 2, 3, 4, 5, 6].map((at) => introduce(at, at + 1, 9)) },
    'ultimate full full full full full unknown unknown',
  ],
  'the later packet of two trust signatures prevails, whatever its time': [
    rivals(
      introduce(1, 3, 1, { createdAt: NOW - 2 * DAY, amount: 0 }),
      introduce(2, 3, 1, { createdAt: NOW - 5 * DAY }),
    ),
    'ultimate full full full full full',
  ],
  'and it does when it gives less': [
    rivals(introduce(1, 3, 1), introduce(2, 3, 1, { amount: 0 })),
    'ultimate full full full undefined undefined',
  ],
  'a limit stays when a trust signature without one follows': [
    rivals(introduce(1, 3, 1, { regex: HARBOUR }), introduce(2, 3, 1)),
    'ultimate full full full full unknown',
  ],
  'an empty limit replaces one': [
    rivals(introduce(1, 3, 1, { regex: HARBOUR }), introduce(2, 3, 1, { regex: '' })),
    'ultimate full full full full full',
  ],
  'a limit without a trust signature is none': [
    {
      certifications: [
        certify(0, 1, { trust: { depth: 0, amount: 120, regex: HARBOUR } }),
        certify(1, 2),
        certify(1, 3),
      ],
      trust: new Map([
        [0, 'ultimate'],
        [1, 'full'],
      ]),
    },
    'ultimate full full full',
  ],
  'a limit also binds an introducer with the full trust of the user': [
    {
      certifications: [introduce(0, 1, 1, { regex: HARBOUR }), certify(1, 2), certify(1, 3)],
      trust: new Map([
        [0, 'ultimate'],
        [1, 'full'],
      ]),
    },
    'ultimate full full unknown',
  ],
};

describe('a rule that the real gpg follows, and the engine with it', () => {
  it.each(Object.entries(cases))('%s', async (_, [one, expected]) => {
    const all = expected.split(' ');
    const padded = [...all, ...Array.from({ length: 8 - all.length }, () => 'unknown')].join(' ');
    expect(await both(one)).toEqual({ gpg: padded, imported: padded, engine: padded });
  });
});

describe('where the engine believes less than gpg', () => {
  it.each(['k', 'harbour.onion', '<[^>]+[@.]harbour.onion>$'])(
    "a limit «%s», which is not a host in gpg's own shape, fits no User ID",
    async (regex) => {
      const { gpg, engine } = await both({ certifications: [introduce(0, 1, 1, { regex }), certify(1, 2)] });
      expect(gpg.split(' ').slice(0, 3)).toEqual(['ultimate', 'full', 'full']);
      expect(engine.split(' ').slice(0, 3)).toEqual(['ultimate', 'full', 'unknown']);
    },
  );
});
