import { POOL_KEYS_CREATED, type TestCertification, type TestWeb } from './trust-ring';

/** For tests: random webs of trust. The same seed makes the same web. */
export const KINDS = [
  'one introducer',
  'several introducers',
  'trust signatures',
  'marginals',
  'amounts',
  'domains',
  'signatures expire',
  'keys expire',
  'certifications revoked',
  'keys revoked',
  'levels',
  'loops',
  'several roots',
  'certified again',
  'rival introducers',
  'rival limits',
  'half trusted',
  'everything',
] as const;
export type Kind = (typeof KINDS)[number];

export type RandomWeb = TestWeb & { readonly seed: number; readonly kind: Kind };

const NOW = Date.UTC(2026, 4, 17, 10, 20, 30);
const DAY = 24 * 60 * 60_000;
export const WEB_KEYS = 25;

/** Few hosts, so that limits to names often fit and often nearly do. */
export const WEB_USER_IDS: readonly string[] = Array.from({ length: WEB_KEYS }, (_, number) => userId(number));

function userId(number: number): string {
  const host =
    ['harbour.onion', 'light.house.onion', 'house.onion', 'lighthouse.onion', 'Harbour.Onion'][number % 5] ?? '';
  return number % 7 === 0 ? `Someone (at sea) <k${number}@${host}>` : `<k${number}@${host}>`;
}

const LIMITS = [
  '<[^>]+[@.]harbour\\.onion>$',
  '<[^>]+[@.]house\\.onion>$',
  '<[^>]+[@.]Light\\.House\\.onion>$',
  '<[^>]+[@.]onion>$',
  '<[^>]+[@.]onion>$',
  '<[^>]+[@.]nobody\\.onion>$',
  '',
];

/** Probabilities of what a web is made of. */
type Mix = {
  /** Every key is certified by several of the keys shortly before it. */
  readonly isDense?: boolean;
  readonly roots: number;
  readonly introducers: number;
  readonly owner: readonly ('full' | 'marginal' | 'never')[];
  readonly trust: number;
  readonly amounts: readonly number[];
  readonly limits: number;
  readonly backward: number;
  readonly again: number;
  readonly signatureExpires: number;
  readonly keyExpires: number;
  readonly signatureRevoked: number;
  readonly keyRevoked: number;
  readonly otherLevel: number;
  readonly oddTime: number;
};

const plain: Mix = {
  roots: 1,
  introducers: 0.4,
  owner: ['full'],
  trust: 0,
  amounts: [120],
  limits: 0,
  backward: 0.1,
  again: 0,
  signatureExpires: 0,
  keyExpires: 0,
  signatureRevoked: 0,
  keyRevoked: 0,
  otherLevel: 0,
  oddTime: 0,
};

const trusting: Mix = { ...plain, introducers: 0.1, trust: 0.5 };

const dense: Mix = { ...plain, isDense: true, introducers: 0.05, trust: 0.9, backward: 0.02 };

const MIXES: Readonly<Record<Kind, Mix>> = {
  'one introducer': { ...plain, introducers: 0 },
  'several introducers': plain,
  'trust signatures': trusting,
  marginals: { ...plain, introducers: 0.7, owner: ['marginal', 'marginal', 'full', 'never'] },
  amounts: { ...trusting, owner: ['marginal', 'never'], amounts: [0, 1, 59, 60, 61, 119, 120, 121, 255] },
  domains: { ...trusting, trust: 0.7, limits: 0.5 },
  'signatures expire': { ...trusting, introducers: 0.3, signatureExpires: 0.5 },
  'keys expire': { ...plain, trust: 0.2, keyExpires: 0.4 },
  'certifications revoked': { ...plain, trust: 0.2, signatureRevoked: 0.3 },
  'keys revoked': { ...plain, keyRevoked: 0.2 },
  levels: { ...plain, trust: 0.2, otherLevel: 0.6, again: 0.2 },
  loops: { ...plain, trust: 0.3, backward: 0.9 },
  'several roots': { ...trusting, roots: 4, introducers: 0.3 },
  'certified again': { ...trusting, introducers: 0.3, again: 0.6, amounts: [60, 120] },
  'rival introducers': { ...dense, amounts: [0, 60, 120, 120], again: 0.2, signatureRevoked: 0.05 },
  'rival limits': { ...dense, limits: 0.4 },
  'half trusted': { ...dense, trust: 0.6, introducers: 0.3, owner: ['marginal'], amounts: [60, 60, 60, 120] },
  everything: {
    roots: 2,
    introducers: 0.4,
    owner: ['full', 'marginal', 'marginal', 'never'],
    trust: 0.4,
    amounts: [30, 60, 60, 120, 120],
    limits: 0.2,
    backward: 0.3,
    again: 0.3,
    signatureExpires: 0.15,
    keyExpires: 0.07,
    signatureRevoked: 0.1,
    keyRevoked: 0.05,
    otherLevel: 0.15,
    oddTime: 0.15,
  },
};

export function randomWeb(seed: number): RandomWeb {
  const kind = KINDS[seed % KINDS.length] ?? 'everything';
  const web = new WebMaker(MIXES[kind], seed);
  return { seed, kind, now: NOW, ...web.make() };
}

class WebMaker {
  readonly #mix: Mix;
  #state: number;

  constructor(mix: Mix, seed: number) {
    this.#mix = mix;
    this.#state = seed * 0x9e3779b9 + 1;
  }

  make(): Pick<TestWeb, 'keys' | 'certifications' | 'ownerTrust'> {
    const size = 8 + this.#below(WEB_KEYS - 7);
    const keys = Array.from({ length: size }, () => this.#key());
    const roots = new Set([0, ...Array.from({ length: this.#mix.roots - 1 }, () => this.#below(size))]);
    const ownerTrust = new Map<number, 'ultimate' | 'full' | 'marginal' | 'never'>();
    for (let number = 0; number < size; number += 1) {
      if (roots.has(number)) ownerTrust.set(number, 'ultimate');
      else if (number === 1 || this.#chance(this.#mix.introducers)) ownerTrust.set(number, this.#one(this.#mix.owner));
    }
    const certifications = keys.flatMap((_, to) => this.#certificationsOf(to, size));
    return { keys, certifications: this.#shuffled(certifications), ownerTrust };
  }

  #key(): TestWeb['keys'][number] {
    if (this.#chance(this.#mix.keyRevoked))
      return { revoked: true, ...(this.#chance(0.3) && { expiresAt: NOW - DAY }) };
    return this.#chance(this.#mix.keyExpires) ? { expiresAt: this.#moment() } : {};
  }

  #certificationsOf(to: number, size: number): TestCertification[] {
    const found: TestCertification[] = [];
    const count = this.#mix.isDense === true ? 3 + this.#below(4) : 1 + this.#below(4);
    for (let left = count; left > 0; left -= 1) {
      const from = this.#issuer(to, size);
      // A signature on itself is a self-signature, which says other things.
      if (from === to) continue;
      found.push(this.#certification(from, to));
      while (this.#chance(this.#mix.again)) found.push(this.#certification(from, to));
      if (this.#chance(this.#mix.signatureRevoked))
        found.push({ from, to, kind: 'revocation', level: 0, createdAt: this.#past() });
    }
    return found;
  }

  /** Mostly a key a little nearer to the root, so that chains grow long; sometimes any key. */
  #issuer(to: number, size: number): number {
    if (to === 0 || this.#chance(this.#mix.backward)) return this.#below(size);
    if (this.#mix.isDense === true) return to <= 6 ? 0 : Math.max(0, to - 2 - this.#below(6));
    return Math.max(0, to - 1 - this.#below(this.#chance(0.5) ? 4 : to));
  }

  #certification(from: number, to: number): TestCertification {
    const createdAt = this.#chance(this.#mix.oddTime)
      ? this.#one([NOW + DAY, NOW, POOL_KEYS_CREATED - 1000, POOL_KEYS_CREATED, POOL_KEYS_CREATED])
      : this.#past();
    const expiresAt = this.#moment();
    return {
      from,
      to,
      kind: 'certification',
      level: this.#chance(this.#mix.otherLevel) ? this.#one([0, 1, 2]) : 3,
      createdAt,
      ...(this.#chance(this.#mix.signatureExpires) && expiresAt > createdAt && { expiresAt }),
      ...(this.#chance(this.#mix.trust) && { trust: this.#trust() }),
    };
  }

  #trust(): NonNullable<TestCertification['trust']> {
    const limit = this.#chance(this.#mix.limits) ? { regex: this.#one(LIMITS) } : {};
    return { depth: this.#one([0, 1, 1, 2, 2, 3, 4, 5]), amount: this.#one(this.#mix.amounts), ...limit };
  }

  /** Few days, so that equal times occur. */
  #past(): number {
    return NOW - (1 + this.#below(8)) * DAY;
  }

  #moment(): number {
    return this.#one([NOW - 3 * DAY, NOW - 1000, NOW, NOW + 1000, NOW + DAY, NOW + 300 * DAY]);
  }

  #shuffled<T>(values: readonly T[]): T[] {
    return values
      .map((value) => ({ value, at: this.#fraction() }))
      .sort((a, b) => a.at - b.at)
      .map(({ value }) => value);
  }

  #chance(probability: number): boolean {
    return this.#fraction() < probability;
  }

  #below(limit: number): number {
    return Math.floor(this.#fraction() * limit);
  }

  #one<T>(values: readonly T[]): T {
    const value = values[this.#below(values.length)];
    if (value === undefined) throw new RangeError('nothing to choose from');
    return value;
  }

  /** mulberry32. */
  #fraction(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}
