import { hierarchy, tree } from 'd3-hierarchy';
import type { Person, Web } from './web';

export type Point = { readonly x: number; readonly y: number };

/** A circle on which people stand who are equally far from the user. */
export type Ring = { readonly radius: number; readonly outer: number; readonly distance: number | undefined };

/** Where everybody stands; the user at 0, 0. */
export type Layout = {
  readonly places: readonly Point[];
  readonly rings: readonly Ring[];
  /** Of the circle that holds everything. */
  readonly radius: number;
  /** How far neighbours are apart. */
  readonly spacing: number;
};

const FULL = 2 * Math.PI;
/** How much of an angle is the tree's; the rest spreads a ring's people evenly. */
const TREE_SHARE = 0.45;
/** From the outermost people of a ring to the innermost of the next. */
const RING_GAP = 1.35;

/** Few people stand apart enough for their names, many close enough to be seen together. */
const spacingFor = (count: number): number => Math.round(46 + 46 * Math.min(1, Math.max(0, (220 - count) / 160)));

/**
 * Lays the shown people out in rings by distance of trust, the user in the middle; those who are not believed stand
 * outermost. The same web always gives the same picture. People of a crowded ring stand in several rows.
 */
export const layOut = (web: Web, isShown: (person: Person) => boolean): Layout => {
  const shown = web.people.filter((person) => person.at === 0 || isShown(person));
  const angles = treeAngles(shown);
  const spacing = spacingFor(shown.length);
  const places: Point[] = web.people.map(() => ({ x: 0, y: 0 }));
  const rings: Ring[] = [];
  let outer = spacing * 0.5;
  for (const { distance, people } of byDistance(shown)) {
    const radius = Math.max(
      outer + spacing * RING_GAP * 0.75,
      rings.length === 0 ? firstRadius(people.length, spacing) : 0,
    );
    outer = placeRing(spreadAngles(people, angles), { radius, spacing, places });
    rings.push({ radius, outer, distance });
  }
  return { places, rings, radius: outer + spacing * 0.6, spacing };
};

/**
 * Room for a dozen names around the user, and for more people up to what the rings outside can be asked to go round.
 */
const firstRadius = (count: number, spacing: number): number =>
  Math.max(104, Math.min(240, (count * spacing * 0.6) / FULL));

type Angled = { readonly at: number; readonly angle: number };

/** People by distance, nearest first, those who are not believed last. */
const byDistance = (people: readonly Person[]): { distance: number | undefined; people: Person[] }[] => {
  const rings = new Map<number, Person[]>();
  for (const person of people) {
    if (person.at === 0) continue;
    const distance = person.distance ?? Number.POSITIVE_INFINITY;
    rings.set(distance, [...(rings.get(distance) ?? []), person]);
  }
  return [...rings]
    .sort(([one], [other]) => one - other)
    .map(([distance, members]) => ({ distance: Number.isFinite(distance) ? distance : undefined, people: members }));
};

/** The angle of each person in a radial tree (Reingold and Tilford) over who comes before whom. */
const treeAngles = (shown: readonly Person[]): ReadonlyMap<number, number> => {
  const present = new Set(shown.map(({ at }) => at));
  const children = new Map<number, number[]>();
  for (const { at, parent } of shown) {
    if (at === 0) continue;
    const under = parent !== undefined && present.has(parent) ? parent : 0;
    const known = children.get(under);
    if (known) known.push(at);
    else children.set(under, [at]);
  }
  const root = hierarchy(0, (at) => children.get(at));
  const laid = tree<number>()
    .size([FULL, 1])
    .separation((one, other) => (one.parent === other.parent ? 1 : 1.7))(root);
  return new Map(laid.descendants().map(({ data, x }) => [data, x]));
};

/** The people of one ring in the order of the tree, spread so that no two are at one angle. */
const spreadAngles = (people: readonly Person[], angles: ReadonlyMap<number, number>): Angled[] => {
  const wanted = people
    .map(({ at }) => ({ at, angle: angles.get(at) ?? 0 }))
    .sort((one, other) => one.angle - other.angle || one.at - other.at);
  const step = FULL / wanted.length;
  const shift = wanted.reduce((sum, { angle }, index) => sum + angle - index * step, 0) / wanted.length;
  return wanted.map(({ at, angle }, index) => ({
    at,
    angle: TREE_SHARE * angle + (1 - TREE_SHARE) * (index * step + shift) - Math.PI / 2,
  }));
};

type RingPlace = { readonly radius: number; readonly spacing: number; readonly places: Point[] };

/** Puts each person into the innermost row that has room at their angle; answers the radius of the outermost row. */
const placeRing = (people: readonly Angled[], { radius, spacing, places }: RingPlace): number => {
  const rows: { readonly first: number; last: number }[] = [];
  const radiusOf = (row: number): number => radius + row * spacing * 0.86;
  for (const { at, angle } of people) {
    const found = rows.findIndex(({ first, last }, row) => {
      const room = spacing / radiusOf(row);
      return angle - last >= room && first + FULL - angle >= room;
    });
    const row = found < 0 ? rows.push({ first: angle, last: angle }) - 1 : found;
    const chosen = rows[row];
    if (chosen) chosen.last = angle;
    places[at] = { x: Math.cos(angle) * radiusOf(row), y: Math.sin(angle) * radiusOf(row) };
  }
  return radiusOf(Math.max(0, rows.length - 1));
};
