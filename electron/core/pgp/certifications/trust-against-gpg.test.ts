import { describe, expect, it } from 'vitest';
import type { Fingerprint } from '../../../../shared/ids';
import type { Validity } from '../../../../shared/trust';
import { computeValidity } from '../../domain/trust/compute-validity';
import type { TrustInput } from '../../domain/trust/trust-model';
import { campaign } from '../../testing/campaign';
import { gpgValidity } from '../testing/gpg-validity';
import { makeTestPool, type TestPool, type TestRing } from '../testing/trust-ring';
import { KINDS, WEB_USER_IDS, randomWeb } from '../testing/trust-webs';

/** A few of each kind. */
const WEBS = KINDS.length * campaign({ short: 5, long: 30 });
/** So many at a time: gpg waits for the disk between its computing. */
const LANES = 3;
/** Every tenth web is taken in as a person would do it. */
const IMPORT_EVERY = 10;

const pool: Promise<TestPool> = makeTestPool(WEB_USER_IDS);

function ourValidity(input: TrustInput): Map<Fingerprint, Validity> {
  return new Map([...computeValidity(input).validities].map(([fingerprint, { validity }]) => [fingerprint, validity]));
}

/** What gpg and we say differently of a ring's keys, in words that help to find out why. */
function differences(
  ring: TestRing,
  theirs: ReadonlyMap<Fingerprint, Validity>,
  input: TrustInput = ring.input,
): string[] {
  const ours = ourValidity(input);
  const numbers = new Map(ring.input.keys.map(({ fingerprint }, number) => [fingerprint, number]));
  return ring.input.keys.flatMap(({ fingerprint }, number) => {
    const [our, their] = [ours.get(fingerprint), theirs.get(fingerprint)];
    if (our === their) return [];
    const about = ring.input.certifications.filter(({ subject }) => subject === fingerprint);
    return [
      `key ${number}: gpg says ${their}, the engine ${our}; ${about.map((one) => JSON.stringify({ ...one, issuer: numbers.get(one.issuer), subject: number })).join(' ')}`,
    ];
  });
}

/** Runs the webs in a few lanes side by side. */
async function inLanes(seeds: readonly number[], run: (seed: number) => Promise<void>): Promise<void> {
  const left = [...seeds];
  const lane = async (): Promise<void> => {
    for (let seed = left.shift(); seed !== undefined; seed = left.shift()) await run(seed);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

describe('validity', () => {
  it(`equals gpg --check-trustdb for every key of ${WEBS} random webs of trust`, async () => {
    const counts = new Map<Validity, number>();
    const found: string[] = [];
    await inLanes(
      Array.from({ length: WEBS }, (_, seed) => seed),
      async (seed) => {
        const web = randomWeb(seed);
        const ring = await (await pool).ring(web);
        const theirs = await gpgValidity(ring, { viaImport: Math.floor(seed / KINDS.length) % IMPORT_EVERY === 0 });
        found.push(...differences(ring, theirs).map((difference) => `seed ${seed} (${web.kind}), ${difference}`));
        for (const validity of theirs.values()) counts.set(validity, (counts.get(validity) ?? 0) + 1);
      },
    );
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const shares = [...counts].map(([validity, count]) => `${count} ${validity}`).join(', ');
    process.stdout.write(
      `${WEBS} random trust graphs, ${total} keys (${shares}): validity equal to gpg --check-trustdb: ${found.length === 0 ? 'yes' : 'no'}\n`,
    );
    expect(found).toEqual([]);
    // A comparison in which hardly anything happens would prove nothing.
    for (const validity of ['ultimate', 'full', 'marginal', 'undefined', 'unknown', 'expired', 'revoked'] as const) {
      expect(counts.get(validity), validity).toBeGreaterThan(WEBS / 12);
    }
  });

  it('is compared in earnest: one certification more or less is noticed', async () => {
    const ring = await (await pool).ring(randomWeb(1));
    const theirs = await gpgValidity(ring);
    expect(differences(ring, theirs)).toEqual([]);
    const { validities } = computeValidity(ring.input);
    const all = ring.input.certifications;
    const needed = all.find(
      ({ subject }) =>
        validities.get(subject)?.validity === 'full' && all.filter((other) => other.subject === subject).length === 1,
    );
    expect(needed).toBeDefined();
    expect(
      differences(ring, theirs, { ...ring.input, certifications: all.filter((one) => one !== needed) }).length,
    ).toBeGreaterThan(0);
    const [root, last] = [
      ring.input.keys[0]!,
      ring.input.keys.find(({ fingerprint }) => theirs.get(fingerprint) === 'unknown')!,
    ];
    const invented = {
      issuer: root.fingerprint,
      subject: last.fingerprint,
      kind: 'certification',
      level: 3,
      createdAt: ring.input.now,
    } as const;
    expect(differences(ring, theirs, { ...ring.input, certifications: [...all, invented] }).length).toBeGreaterThan(0);
  });
});
