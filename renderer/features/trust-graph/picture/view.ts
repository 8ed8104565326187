import type { Point } from '../web/layout-web';

/** How the world of the layout lies on the screen: screen = world × scale + (x, y), in CSS pixels. */
export type View = { readonly x: number; readonly y: number; readonly scale: number };
export type Size = { readonly width: number; readonly height: number };
/** Parts of the picture that something else covers. */
export type Covered = { readonly right: number };

export const MAX_SCALE = 4;
/** Room around a picture that fits, for the names at its edge. */
const MARGIN = 28;
/** A handful of people is not blown up to fill the window. */
const MAX_FIT_SCALE = 1.25;

/** The view in which a circle around the middle of the world fills what is free of the window. */
export const fitView = (radius: number, { width, height }: Size, { right }: Covered = { right: 0 }): View => {
  const free = Math.max(80, width - right);
  const side = Math.max(80, Math.min(free, height) - 2 * MARGIN);
  return { x: free / 2, y: height / 2, scale: Math.min(MAX_FIT_SCALE, side / (2 * radius)) };
};

/** Makes everything larger or smaller while one point of the screen stays where it is. */
export const zoomAt = (
  view: View,
  point: Point,
  { factor, min }: { readonly factor: number; readonly min: number },
): View => {
  const scale = Math.min(MAX_SCALE, Math.max(min, view.scale * factor));
  const ratio = scale / view.scale;
  return { x: point.x - (point.x - view.x) * ratio, y: point.y - (point.y - view.y) * ratio, scale };
};

export const panBy = (view: View, dx: number, dy: number): View => ({ ...view, x: view.x + dx, y: view.y + dy });

export const toScreen = ({ x, y, scale }: View, point: Point): Point => ({
  x: point.x * scale + x,
  y: point.y * scale + y,
});

export const toWorld = ({ x, y, scale }: View, point: Point): Point => ({
  x: (point.x - x) / scale,
  y: (point.y - y) / scale,
});

/** The world cannot be pushed out of sight: at least a part of it stays on the screen. */
export const kept = (view: View, radius: number, { width, height }: Size): View => {
  const reach = Math.max(0, radius * view.scale - 60);
  const within = (value: number, size: number): number => Math.min(size + reach, Math.max(-reach, value));
  return { ...view, x: within(view.x, width), y: within(view.y, height) };
};

/**
 * Moves the view as little as needed for points of the world to be well inside of what is free; only the first when
 * there is no room for all.
 */
export const revealed = (
  view: View,
  points: readonly [Point, ...Point[]],
  { width, height, right }: Size & Covered,
): View => {
  const on = points.map((point) => toScreen(view, point));
  const shift = (values: readonly number[], size: number): number => {
    const margin = Math.min(70, size / 4);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const [low, high] = most - least <= size - 2 * margin ? [least, most] : [values[0] ?? 0, values[0] ?? 0];
    return Math.max(margin - low, 0) + Math.min(size - margin - high, 0);
  };
  return panBy(
    view,
    shift(
      on.map(({ x }) => x),
      Math.max(120, width - right),
    ),
    shift(
      on.map(({ y }) => y),
      height,
    ),
  );
};
