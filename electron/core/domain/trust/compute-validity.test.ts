import { describe, expect, it } from 'vitest';
import type { Fingerprint } from '../../../../shared/ids';
import { growth, LINEAR } from '../../testing/growth';
import { computeValidity } from './compute-validity';
import type { OwnerTrust, TrustCertification, TrustInput, TrustKey } from './trust-model';

const NOW = Date.UTC(2026, 4, 17, 10, 20, 30);
const DAY = 24 * 60 * 60_000;

const print = (name: string): Fingerprint =>
  Buffer.from(name.padEnd(20, '.')).toString('hex').toUpperCase() as Fingerprint;
const nameOf = (fingerprint: Fingerprint): string => Buffer.from(fingerprint, 'hex').toString().replace(/\.+$/, '');

type Extra = Partial<Omit<TrustCertification, 'issuer' | 'subject'>>;

/** `a>b` certifies; what follows changes it. */
function certify(arrow: string, extra: Extra = {}): TrustCertification {
  const [from = '', to = ''] = arrow.split('>');
  return {
    issuer: print(from),
    subject: print(to),
    kind: 'certification',
    level: 3,
    createdAt: NOW - 10 * DAY,
    ...extra,
  };
}

const introduces = (arrow: string, depth = 1, amount = 120, regex?: string): TrustCertification =>
  certify(arrow, { trust: { depth, amount, ...(regex !== undefined && { regex }) } });

type Web = {
  readonly certifications: readonly TrustCertification[];
  readonly trust?: Readonly<Record<string, OwnerTrust>>;
  readonly keys?: Readonly<Record<string, Partial<TrustKey>>>;
  readonly now?: number;
};

function inputOf({ certifications, trust = { me: 'ultimate' }, keys = {}, now = NOW }: Web): TrustInput {
  const names = new Set([
    ...Object.keys(trust),
    ...Object.keys(keys),
    ...certifications.flatMap(({ issuer, subject }) => [nameOf(issuer), nameOf(subject)]),
  ]);
  return {
    now,
    keys: [...names].map((name) => ({
      fingerprint: print(name),
      userId: `<${name}@harbour.onion>`,
      revoked: false,
      ...keys[name],
    })),
    certifications,
    ownerTrust: new Map(Object.entries(trust).map(([name, word]) => [print(name), word])),
  };
}

function judge(web: Web): {
  of: (name: string) => string | undefined;
  pathTo: (name: string) => string[];
  counted: (name: string) => string[];
  nextChangeAt: number | undefined;
} {
  const { validities, nextChangeAt } = computeValidity(inputOf(web));
  return {
    of: (name) => validities.get(print(name))?.validity,
    pathTo: (name) => validities.get(print(name))?.path.map(nameOf) ?? [],
    counted: (name) => validities.get(print(name))?.countedIssuers.map(nameOf) ?? [],
    nextChangeAt,
  };
}

describe('who is believed', () => {
  it('is each key that an ultimately trusted key certifies, and no other', () => {
    const { of, pathTo, counted } = judge({
      certifications: [certify('me>bob'), certify('bob>carol'), certify('eve>dan')],
    });
    expect([of('me'), of('bob'), of('carol'), of('dan'), of('eve')]).toEqual([
      'ultimate',
      'full',
      'undefined',
      'unknown',
      'unknown',
    ]);
    expect([pathTo('bob'), counted('bob'), counted('carol')]).toEqual([[], ['me'], []]);
  });

  it("is each key that a full introducer certifies, by the user's word or a trust signature", () => {
    expect(
      judge({ certifications: [certify('me>bob'), certify('bob>carol')], trust: { me: 'ultimate', bob: 'full' } }).of(
        'carol',
      ),
    ).toBe('full');
    const { of, pathTo } = judge({ certifications: [introduces('me>bob'), certify('bob>carol')] });
    expect([of('carol'), pathTo('carol')]).toEqual(['full', ['bob']]);
  });

  it('needs three marginal introducers, of any rounds together', () => {
    const trust = { me: 'ultimate', a: 'marginal', b: 'marginal', c: 'marginal' } as const;
    const base = [certify('me>a'), certify('me>b'), certify('a>x'), certify('b>x')];
    expect(judge({ certifications: base, trust }).of('x')).toBe('marginal');
    const far = [introduces('me>d'), certify('d>c'), certify('c>x')];
    const { of, counted, pathTo } = judge({ certifications: [...base, ...far], trust });
    expect([of('x'), counted('x'), pathTo('x')]).toEqual(['full', ['a', 'b', 'c'], ['a']]);
  });

  it('asks that the introducer be valid', () => {
    const trust = { me: 'ultimate', eve: 'full', half: 'full', weak: 'marginal' } as const;
    const { of } = judge({
      certifications: [certify('eve>x'), certify('me>weak'), certify('weak>half'), certify('half>y')],
      trust,
    });
    expect([of('x'), of('half'), of('y')]).toEqual(['unknown', 'marginal', 'unknown']);
  });

  it('ends after five certifications', () => {
    const chain = ['me', 'a', 'b', 'c', 'd', 'e', 'f'];
    const certifications = chain.slice(1).map((name, at) => introduces(`${chain[at] ?? ''}>${name}`, 9));
    const { of, pathTo } = judge({ certifications });
    expect([of('e'), of('f'), pathTo('e')]).toEqual(['full', 'unknown', ['a', 'b', 'c', 'd']]);
  });

  it('does not go round in a loop', () => {
    const loop = [certify('a>b'), certify('b>c'), certify('c>a'), certify('a>me'), certify('a>a')];
    const trust = { me: 'ultimate', a: 'full', b: 'full', c: 'full' } as const;
    expect(judge({ certifications: loop, trust }).of('b')).toBe('unknown');
    const { of, pathTo } = judge({ certifications: [...loop, certify('me>a')], trust });
    expect([of('a'), of('b'), of('c'), pathTo('c')]).toEqual(['full', 'full', 'full', ['a', 'b']]);
  });

  it('takes the shortest path', () => {
    const certifications = [
      introduces('me>a', 3),
      introduces('a>b', 2),
      introduces('me>c'),
      certify('b>x'),
      certify('c>x'),
    ];
    expect(judge({ certifications }).pathTo('x')).toEqual(['c']);
  });
});

describe('trust signatures', () => {
  it('reach no deeper than the chain allows', () => {
    const { of } = judge({ certifications: [introduces('me>a'), introduces('a>b', 5), certify('b>x')] });
    expect([of('b'), of('x')]).toEqual(['full', 'undefined']);
    expect(judge({ certifications: [introduces('me>a', 2), introduces('a>b', 5), certify('b>x')] }).of('x')).toBe(
      'full',
    );
  });

  it('start anew at an ultimately trusted key', () => {
    const certifications = [introduces('me>a'), certify('a>mine'), introduces('mine>b'), certify('b>x')];
    expect(judge({ certifications, trust: { me: 'ultimate', mine: 'ultimate' } }).of('x')).toBe('full');
  });

  it.each([
    [59, 'undefined'],
    [60, 'marginal'],
    [119, 'marginal'],
    [120, 'full'],
    [255, 'full'],
  ])('of amount %i make %s', (amount, expected) => {
    expect(judge({ certifications: [introduces('me>a', 1, amount), certify('a>x')] }).of('x')).toBe(expected);
  });

  it('of which several meet go by the last in the order of the input', () => {
    const roots = [introduces('me>a', 2), introduces('me>b', 2)];
    expect(
      judge({ certifications: [...roots, introduces('a>c'), introduces('b>c', 1, 0), certify('c>x')] }).of('x'),
    ).toBe('undefined');
    expect(
      judge({ certifications: [...roots, introduces('a>c', 1, 0), introduces('b>c'), certify('c>x')] }).of('x'),
    ).toBe('full');
  });

  it('can be limited to the names at one host', () => {
    const keys = { x: { userId: '<x@other.onion>' } };
    const certifications = [introduces('me>a', 1, 120, '<[^>]+[@.]harbour\\.onion>$'), certify('a>x'), certify('a>y')];
    const { of } = judge({ certifications, keys });
    expect([of('x'), of('y')]).toEqual(['unknown', 'full']);
  });

  it('with a limit that is not understood introduce no key', () => {
    const { of } = judge({ certifications: [introduces('me>a', 1, 120, '.*'), certify('a>x')] });
    expect([of('a'), of('x')]).toEqual(['full', 'unknown']);
  });
});

describe('the latest word', () => {
  it('revokes, and certifies again', () => {
    const revocation = certify('me>a', { kind: 'revocation', createdAt: NOW - 5 * DAY });
    expect(judge({ certifications: [revocation, certify('me>a')] }).of('a')).toBe('unknown');
    expect(judge({ certifications: [revocation, certify('me>a', { createdAt: NOW - DAY })] }).of('a')).toBe('full');
  });

  it('of equal times is the later in the input', () => {
    const revocation = certify('me>a', { kind: 'revocation' });
    expect(judge({ certifications: [certify('me>a'), revocation] }).of('a')).toBe('unknown');
    expect(judge({ certifications: [revocation, certify('me>a')] }).of('a')).toBe('full');
  });

  it('that has expired does not give way to an earlier one', () => {
    const expired = certify('me>a', { createdAt: NOW - 5 * DAY, expiresAt: NOW - DAY });
    expect(judge({ certifications: [certify('me>a'), expired] }).of('a')).toBe('unknown');
  });

  it('is none with level 1, and counts with levels 0 and 2', () => {
    expect(judge({ certifications: [certify('me>a', { level: 1 })] }).of('a')).toBe('unknown');
    expect(
      judge({
        certifications: [
          introduces('me>a'),
          certify('me>a', { level: 1, createdAt: NOW }),
          certify('a>x', { level: 0 }),
        ],
      }).of('x'),
    ).toBe('full');
    expect(judge({ certifications: [certify('me>a', { level: 2 })] }).of('a')).toBe('full');
  });

  it('counts when it is dated in the future, as in gpg', () => {
    expect(judge({ certifications: [certify('me>a', { createdAt: NOW + DAY })] }).of('a')).toBe('full');
  });

  it('of keys that are not in the ring is not heard', () => {
    const input = inputOf({ certifications: [certify('me>a')] });
    const stranger = { ...certify('ghost>me'), subject: print('a') };
    const { validities } = computeValidity({
      ...input,
      certifications: [stranger, certify('me>ghost')],
      ownerTrust: new Map([[print('ghost'), 'ultimate']]),
    });
    expect(validities.get(print('a'))?.validity).toBe('unknown');
    expect(validities.has(print('ghost'))).toBe(false);
  });
});

describe('keys that have ended', () => {
  it("introduce no key, and neither does the user's own", () => {
    for (const ended of [{ revoked: true }, { expiresAt: NOW - DAY }]) {
      const certifications = [introduces('me>a'), certify('a>x')];
      expect(judge({ certifications, keys: { a: ended } }).of('x')).toBe('unknown');
      expect(judge({ certifications, keys: { me: ended } }).of('a')).toBe('unknown');
    }
  });

  it('are called revoked rather than expired', () => {
    expect(
      judge({ certifications: [certify('me>a')], keys: { a: { revoked: true, expiresAt: NOW - DAY } } }).of('a'),
    ).toBe('revoked');
  });
});

describe('the next change', () => {
  it('is never when nothing ends', () => {
    expect(judge({ certifications: [certify('me>a')] }).nextChangeAt).toBeUndefined();
  });

  it('is when the first certification that counts or the first key ends, and nothing changes before', () => {
    const certifications = [
      certify('me>a', { expiresAt: NOW + 2 * DAY }),
      certify('eve>x', { expiresAt: NOW + DAY }),
      certify('me>b', { expiresAt: NOW - DAY }),
    ];
    const keys = { x: { expiresAt: NOW + 3 * DAY } };
    const first = judge({ certifications, keys });
    expect(first.nextChangeAt).toBe(NOW + 2 * DAY);
    expect(judge({ certifications, keys, now: NOW + 2 * DAY - 1 }).of('a')).toBe('full');
    const second = judge({ certifications, keys, now: NOW + 2 * DAY });
    expect([second.of('a'), second.nextChangeAt]).toEqual(['unknown', NOW + 3 * DAY + 1000]);
    expect(judge({ certifications, keys, now: NOW + 3 * DAY }).of('x')).toBe('unknown');
    const third = judge({ certifications, keys, now: NOW + 3 * DAY + 1000 });
    expect([third.of('x'), third.nextChangeAt]).toEqual(['expired', undefined]);
  });
});

describe('many keys', () => {
  it('5,000 with 50,000 certifications are judged at a cost that grows with their number', async () => {
    const inputs = { 1: ringOf(1_250), 4: ringOf(5_000) };
    const judgeAll = (amount: 1 | 4): void => {
      expect(computeValidity(inputs[amount]).validities.size).toBe(1_250 * amount);
    };
    expect(await growth(judgeAll)).toBeLessThan(LINEAR);
  });

  /** Ten certifications on every key. */
  function ringOf(size: number): TrustInput {
    const certifications = Array.from({ length: size * 10 }, (_, at) =>
      introduces(`${(at * 7_919) % size}>${at % size}`, 1 + (at % 3), at % 2 === 0 ? 60 : 120),
    );
    return inputOf({ certifications, trust: { '0': 'ultimate' } });
  }

  it('a key with 100,000 certifications of strangers costs no belief', () => {
    const certifications = Array.from({ length: 100_000 }, (_, at) => introduces(`s${at}>x`, 255, 255));
    expect(judge({ certifications: [...certifications, certify('me>a')] }).of('x')).toBe('unknown');
  });
});
