import { expect, it } from 'vitest';
import { createOpenpgpEngine } from '../../pgp/openpgp-engine';
import { DAY_MS } from '../../domain/time';
import { campaign, campaignSeed } from '../../testing/campaign';
import { SeededRandom } from '../../testing/simulation/seeded-random';
import { foundPartners, likenesses, observe, type Seen } from './testing/observer';
import { SimulatedProfile } from './testing/simulated-profile';

const STARTS_AT = Date.UTC(2026, 0, 1);
/** Many profiles, all against all, so that the share that chance finds is small and steady. */
const PROFILES = campaign({ short: 100, long: 300 });
const DAYS = campaign({ short: 200, long: 3 * 365 });
/** What an observer may find above chance. */
const ABOVE_CHANCE = 0.05;
/** By how many standard deviations one drawing may miss that: a fault finds a third of the partners, or all. */
const DEVIATIONS = 3;

/** Everything that strangers fetched from one profile in all these days; it was made up to a year before. */
async function seenOfProfile(random: SeededRandom): Promise<Seen[]> {
  const profile = new SimulatedProfile(createOpenpgpEngine(), {
    random,
    startsAt: STARTS_AT - random.fraction() * 365 * DAY_MS,
  });
  const seen: Seen[] = [0, 1].map(() => ({ signatures: new Set<number>(), keys: new Set<number>() }));
  await profile.begin();
  await profile.sleep(STARTS_AT);
  const middle = STARTS_AT + random.fraction() * DAYS * DAY_MS;
  for (const until of [middle, STARTS_AT + DAYS * DAY_MS]) {
    for await (const { identity, publicKey } of profile.live(until)) {
      const of = seen[identity];
      if (of) observe(of, publicKey);
    }
    if (until === middle && random.fraction() < 0.2) await profile.rotateByHand();
    if (until === middle && random.fraction() < 0.2) profile.restore();
  }
  return seen;
}

it(`no observer pairs the identities of ${String(PROFILES)} profiles by what they publish`, async () => {
  const seed = campaignSeed();
  const all: Seen[] = [];
  for (let index = 0; index < PROFILES; index += 1)
    all.push(...(await seenOfProfile(new SeededRandom(`${seed}/${String(index)}`))));
  expect(all.every(({ signatures }) => signatures.size > 2)).toBe(true);
  const chance = 1 / (all.length - 1);
  const found = Object.entries(likenesses).map(([name, like]) => ({
    name,
    share: foundPartners(all, like) / all.length,
  }));
  const table = found.map(({ name, share }) => `${name}: ${(100 * share).toFixed(1)} %`).join(', ');
  const signatures = all.reduce((sum, each) => sum + each.signatures.size, 0);
  process.stdout.write(
    `observer: ${String(all.length)} identities, ${String(DAYS)} days, ${String(signatures)} times of signatures; chance ${(100 * chance).toFixed(1)} %; partners found by ${table}\n`,
  );
  const allowed = chance + ABOVE_CHANCE;
  const drawing = DEVIATIONS * Math.sqrt((allowed * (1 - allowed)) / all.length);
  for (const { name, share } of found)
    expect(share, `${name} (POSTHORN_SEED=${seed})`).toBeLessThanOrEqual(allowed + drawing);
});
