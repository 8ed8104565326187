import type { Vouching, Web } from './web';

/** What is lit when somebody is chosen: them, and everything by which the user believes their key, or would. */
export type Lit = {
  readonly people: ReadonlySet<number>;
  readonly vouchings: ReadonlySet<Vouching>;
  readonly believed: boolean;
};

/**
 * Every certification on which the belief in somebody's key rests, back to the user; or the shortest way there that
 * does not suffice.
 */
export const pathsTo = (web: Web, at: number): Lit => {
  const people = new Set([at]);
  const vouchings = new Set<Vouching>();
  for (const to of people) {
    for (const vouching of web.vouchedBy[to] ?? []) {
      if (!vouching.onPath || to === 0) continue;
      vouchings.add(vouching);
      people.add(vouching.from);
    }
  }
  return vouchings.size > 0 || at === 0 ? { people, vouchings, believed: true } : wayTo(web, at);
};

const wayTo = (web: Web, at: number): Lit => {
  const way = shortestPath(web, at);
  const steps = new Set(way.slice(1).map((to, index) => `${String(way[index])}>${String(to)}`));
  const vouchings = way
    .flatMap((to) => web.vouchedBy[to] ?? [])
    .filter(({ from, to }) => steps.has(`${String(from)}>${String(to)}`));
  return { people: new Set(way), vouchings: new Set(vouchings), believed: false };
};

/** From the user to somebody by way of those who come before; only the person when nothing leads to them. */
export const shortestPath = ({ people }: Web, at: number): number[] => {
  const way: number[] = [];
  for (
    let place: number | undefined = at;
    place !== undefined && way.length <= people.length;
    place = people[place]?.parent
  )
    way.unshift(place);
  return way;
};
