import type { SeededRandom } from './seeded-random';

/** Of a person's acquaintances, how many are far away. */
const FAR = 0.15;

/**
 * Each person's acquaintances, as a small world (Watts and Strogatz 1998): `each` neighbours on a ring, some of them
 * exchanged for people anywhere. Acquaintance is mutual, so that the number differs from person to person.
 */
export function drawAcquaintances(o: {
  readonly people: number;
  readonly each: number;
  readonly random: SeededRandom;
}): number[][] {
  const known = Array.from({ length: o.people }, () => new Set<number>());
  const meet = (one: number, other: number): void => {
    if (one === other) return;
    known[one]?.add(other);
    known[other]?.add(one);
  };
  for (let person = 0; person < o.people; person += 1) {
    for (let step = 1; step <= o.each / 2; step += 1) {
      meet(person, o.random.chance(FAR) ? o.random.below(o.people) : (person + step) % o.people);
    }
  }
  return known.map((each) => [...each].sort((a, b) => a - b));
}
