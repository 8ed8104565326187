import type { Layout, Point } from '../web/layout-web';
import type { Lit } from '../web/paths';
import type { Palette } from '../web/person-signs';
import type { Vouching, Web } from '../web/web';

/** Everything that a picture shows, apart from where one looks at it. */
export type Scene = {
  readonly web: Web;
  readonly layout: Layout;
  readonly palette: Palette;
  readonly shown: ReadonlySet<number>;
  /** Whoever is chosen, and what is lit because of it; everything else is dimmed. */
  readonly chosen: number | undefined;
  readonly lit: Lit | undefined;
};

/** A line from one person to another; with control points it is a Bézier curve. */
export type Line = { readonly from: Point; readonly to: Point; readonly bend: readonly [Point, Point] | undefined };

/** How strongly a certification is drawn: as a branch of the tree, as another that counts, or faintly. */
export type Strength = 'branch' | 'counts' | 'faint';

export const strengthOf = ({ people }: Web, { from, to, onPath }: Vouching): Strength => {
  const person = people[to];
  if (person?.parent === from && person.distance !== undefined) return 'branch';
  return onPath ? 'counts' : 'faint';
};

/** A branch leaves one ring and arrives at the next at right angles; the rest are straight. */
export const lineOf = ({ places }: Layout, { from, to }: Vouching, strength: Strength): Line => {
  const start = places[from] ?? { x: 0, y: 0 };
  const end = places[to] ?? { x: 0, y: 0 };
  return { from: start, to: end, bend: strength === 'branch' && from !== 0 ? bendBetween(start, end) : undefined };
};

/** How much of a bend follows the rings; the rest is straight. */
const ROUNDNESS = 0.4;

const bendBetween = (start: Point, end: Point): readonly [Point, Point] => {
  const [inner, outer] = [Math.hypot(start.x, start.y), Math.hypot(end.x, end.y)];
  const middle = (inner + outer) / 2;
  return [
    mixed(between(start, end, 1 / 3), scaled(start, middle / Math.max(1, inner))),
    mixed(between(start, end, 2 / 3), scaled(end, middle / Math.max(1, outer))),
  ];
};

const scaled = ({ x, y }: Point, factor: number): Point => ({ x: x * factor, y: y * factor });
const between = (start: Point, end: Point, share: number): Point => ({
  x: start.x + (end.x - start.x) * share,
  y: start.y + (end.y - start.y) * share,
});
const mixed = (straight: Point, round: Point): Point => between(straight, round, ROUNDNESS);

/** Certifications of which both ends are shown. */
export const shownVouchings = ({ web, shown }: Pick<Scene, 'web' | 'shown'>): readonly Vouching[] =>
  web.vouchings.filter(({ from, to }) => shown.has(from) && shown.has(to));
