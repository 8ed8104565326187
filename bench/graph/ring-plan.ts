/** What somebody is to the person in whose ring they are, apart from what follows from certifications. */
export type Role = 'introducer' | 'marginal-introducer' | 'verified' | 'other';

export type PlannedPerson = { readonly localPart: string; readonly role: Role };

/** `introducer`: the certification is a trust signature of depth 1. */
export type PlannedVouching = { readonly from: number; readonly to: number; readonly introducer: boolean };

export type RingPlan = { readonly people: readonly PlannedPerson[]; readonly vouchings: readonly PlannedVouching[] };

/** Numbers in [0, 1), always the same ones for a seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Shares of the people by how the user comes to know them; the rest is not believed by anybody whom the user trusts.
 */
const SHARE = { verified: 0.08, secondRing: 0.5, thirdRing: 0.2, marginal: 0.06 } as const;
const LEAST_VERIFIED = 3;

/**
 * A web of trust of so many people around a user who is yet to verify the `verified` and to name the introducers:
 * circles of friends who vouch for each other, some of whom know people in other circles.
 */
export function planRing(count: number, seed: number): RingPlan {
  const random = seededRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const verified = Math.min(count, Math.max(LEAST_VERIFIED, Math.min(48, Math.round(count * SHARE.verified + 6))));
  const introducers = Math.max(1, Math.min(16, Math.round(verified * 0.45)));
  const second = Math.round((count - verified) * SHARE.secondRing) + (count < 10 ? 1 : 0);
  const third = Math.round((count - verified) * SHARE.thirdRing);
  const marginal = Math.round((count - verified) * SHARE.marginal);
  const [secondFrom, thirdFrom, marginalFrom, restFrom] = [
    verified,
    verified + second,
    verified + second + third,
    verified + second + third + marginal,
  ];
  const vouchings = new Map<string, PlannedVouching>();
  const vouch = (from: number, to: number, introducer = false): void => {
    if (from !== to && from < count && to < count)
      vouchings.set(`${from}>${to}`, {
        from,
        to,
        introducer: introducer || (vouchings.get(`${from}>${to}`)?.introducer ?? false),
      });
  };
  const marginalIntroducer = Math.min(introducers, verified - 1);
  for (let at = secondFrom; at < thirdFrom; at += 1) {
    // Some introducers know many more people than others.
    vouch(Math.floor(random() ** 1.7 * introducers), at, at - secondFrom < introducers * 2);
    if (random() < 0.35) vouch(below(introducers), at);
  }
  for (let at = thirdFrom; at < marginalFrom; at += 1)
    vouch(secondFrom + below(Math.max(1, Math.min(second, introducers * 2))), at);
  for (let at = marginalFrom; at < restFrom; at += 1) vouch(marginalIntroducer, at);
  for (let at = restFrom; at < count; at += 1) vouch(thirdFrom + below(Math.max(1, count - thirdFrom)), at);
  // Friends of friends know each other, mostly within their circle.
  for (let extra = 0; extra < count * 2.2; extra += 1) {
    const from = below(count);
    const near = Math.min(count - 1, Math.max(0, from + Math.round((random() - 0.5) * Math.min(60, count))));
    vouch(from, random() < 0.75 ? near : below(count));
  }
  const roleOf = (at: number): Role => {
    if (at >= verified) return 'other';
    if (at === marginalIntroducer && marginal > 0) return 'marginal-introducer';
    return at < introducers ? 'introducer' : 'verified';
  };
  return {
    people: Array.from({ length: count }, (_, at) => ({
      localPart: `p${String(at).padStart(4, '0')}`,
      role: roleOf(at),
    })),
    vouchings: [...vouchings.values()],
  };
}
