import type { Layout, Point } from './layout-web';
import type { Web } from './web';

export type Direction = 'up' | 'down' | 'left' | 'right';

const directions: Readonly<Record<Direction, Point>> = {
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
};
/** Cosine of the widest angle from the direction that still counts as there. */
const WIDEST = 0.5;
/** A neighbour along a certification is preferred to somebody this much nearer. */
const ALONG = 0.45;

export type Where = { readonly web: Web; readonly layout: Layout; readonly isShown: (at: number) => boolean };

/**
 * Whoever is next in a direction: along a certification rather than across, near rather than far, straight rather than
 * aslant.
 */
export const nextTowards = (
  { web, layout, isShown }: Where,
  from: number,
  direction: Direction,
): number | undefined => {
  const start = layout.places[from] ?? { x: 0, y: 0 };
  const linked = new Set([
    ...(web.vouchedBy[from] ?? []).map((one) => one.from),
    ...(web.vouchesFor[from] ?? []).map((one) => one.to),
  ]);
  const costOf = (at: number): number => {
    const cost = costTowards(start, layout.places[at] ?? start, directions[direction]);
    return linked.has(at) ? cost * ALONG : cost;
  };
  return cheapest(
    web.people.filter(({ at }) => at !== from && isShown(at)).map(({ at }) => ({ at, cost: costOf(at) })),
  );
};

/** Endless for what is not in the direction. */
const costTowards = (start: Point, end: Point, { x, y }: Point): number => {
  const length = Math.hypot(end.x - start.x, end.y - start.y);
  const straightness = length === 0 ? 0 : ((end.x - start.x) * x + (end.y - start.y) * y) / length;
  return straightness < WIDEST ? Number.POSITIVE_INFINITY : length / straightness ** 2;
};

const cheapest = (candidates: readonly { readonly at: number; readonly cost: number }[]): number | undefined => {
  let best = { at: -1, cost: Number.POSITIVE_INFINITY };
  for (const one of candidates) if (one.cost < best.cost) best = one;
  return best.at < 0 ? undefined : best.at;
};

/** Whoever is at a point of the world, within so many units of it; the nearest of several. */
export const personAt = ({ web, layout, isShown }: Where, point: Point, within: number): number | undefined => {
  const distanceOf = (at: number): number => {
    const place = layout.places[at] ?? point;
    return Math.hypot(place.x - point.x, place.y - point.y);
  };
  const near = web.people.filter(({ at }) => isShown(at)).map(({ at }) => ({ at, cost: distanceOf(at) }));
  return cheapest(near.filter(({ cost }) => cost <= within));
};
