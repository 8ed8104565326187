import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toScreen, toWorld } from './view';
import type { View } from './view';
import { WebLook } from './web-look';

const WINDOW = { width: 800, height: 600 };

/** A picture of radius 1,000 in a window of 800 × 600, and every view that was drawn. */
const looking = (size = WINDOW) => {
  const views: View[] = [];
  const look = new WebLook(1_000);
  look.watch((view) => views.push(view));
  look.resize(size);
  return { look, views };
};
const onScreen = (look: WebLook, x: number, y: number) => toScreen(look.view, { x, y });

describe('a picture that fits', () => {
  it('shows all of the world, with its middle in the middle', () => {
    const { look } = looking();
    expect(onScreen(look, 0, 0)).toEqual({ x: 400, y: 300 });
    for (const [x, y] of [
      [0, 1_000],
      [0, -1_000],
      [1_000, 0],
      [-1_000, 0],
    ] as const) {
      const at = onScreen(look, x, y);
      expect(at.x).toBeGreaterThanOrEqual(0);
      expect(at.x).toBeLessThanOrEqual(800);
      expect(at.y).toBeGreaterThanOrEqual(0);
      expect(at.y).toBeLessThanOrEqual(600);
    }
  });

  it('goes on fitting when the window or the picture changes', () => {
    const { look } = looking();
    look.resize({ width: 400, height: 300 });
    expect(onScreen(look, 0, 0)).toEqual({ x: 200, y: 150 });
    const { scale } = look.view;
    look.show(2_000);
    expect(look.view.scale).toBeCloseTo(scale / 2);
  });

  it('leaves room for what lies over its right edge', () => {
    const { look } = looking();
    look.cover(300);
    look.fit();
    expect(onScreen(look, 0, 0).x).toBe(250);
  });

  it('never blows a handful of people up', () => {
    const look = new WebLook(10);
    look.resize(WINDOW);
    expect(look.view.scale).toBeLessThanOrEqual(1.25);
  });
});

describe('a picture that a person moved', () => {
  it('stays as it is when the picture changes', () => {
    const { look } = looking();
    look.pan(50, 20);
    const { view } = look;
    look.show(1_500);
    expect(look.view).toEqual(view);
  });

  it('keeps its middle when the window changes its size', () => {
    const { look } = looking();
    look.zoom(2, { x: 100, y: 100 });
    const middle = toWorld(look.view, { x: 400, y: 300 });
    look.resize({ width: 1_000, height: 500 });
    const now = toScreen(look.view, middle);
    expect(now.x).toBeCloseTo(500);
    expect(now.y).toBeCloseTo(250);
  });

  it('cannot be pushed out of sight', () => {
    const { look } = looking();
    look.pan(100_000, -100_000);
    const { x, y } = onScreen(look, 0, 0);
    const reach = 1_000 * look.view.scale;
    expect(x - reach).toBeLessThan(800);
    expect(y + reach).toBeGreaterThan(0);
  });

  it('fits again when asked to', () => {
    const { look } = looking();
    const { view } = look;
    look.pan(90, 90);
    look.fit();
    expect(look.view).toEqual(view);
  });
});

describe('zooming', () => {
  it('keeps the point under the pointer where it is', () => {
    const { look } = looking();
    look.zoom(2);
    const point = { x: 420, y: 310 };
    const world = toWorld(look.view, point);
    look.zoom(1.5, point);
    expect(onScreen(look, world.x, world.y).x).toBeCloseTo(420);
    expect(onScreen(look, world.x, world.y).y).toBeCloseTo(310);
  });

  it('has an end in both directions, however often it is asked for', () => {
    const { look } = looking();
    const fitting = look.view.scale;
    for (let times = 0; times < 50; times += 1) look.zoom(2);
    expect(look.view.scale).toBe(4);
    for (let times = 0; times < 50; times += 1) look.zoom(0.5);
    expect(look.view.scale).toBeCloseTo(fitting * 0.6);
  });
});

describe('revealing', () => {
  it('moves nothing for what is in sight', () => {
    const { look, views } = looking();
    const count = views.length;
    look.reveal([{ x: 0, y: 0 }]);
    expect(views).toHaveLength(count);
  });

  it('brings a point into sight that is far outside, and not under what covers the picture', () => {
    const { look } = looking();
    look.zoom(8, { x: 400, y: 300 });
    look.cover(300);
    look.reveal([{ x: 900, y: 0 }]);
    const { x } = onScreen(look, 900, 0);
    expect(x).toBeGreaterThan(0);
    expect(x).toBeLessThan(500);
  });

  it('shows all of several where there is room, else the first', () => {
    const { look } = looking();
    look.zoom(8, { x: 400, y: 300 });
    look.reveal([
      { x: 900, y: 0 },
      { x: -900, y: 0 },
    ]);
    const { x } = onScreen(look, 900, 0);
    expect(x).toBeGreaterThan(0);
    expect(x).toBeLessThan(800);
  });

  it('is kept in mind when the window becomes smaller', () => {
    const { look } = looking();
    look.zoom(8, { x: 400, y: 300 });
    look.reveal([{ x: 500, y: 100 }]);
    look.resize({ width: 300, height: 300 });
    const { x, y } = onScreen(look, 500, 100);
    expect(x).toBeGreaterThan(0);
    expect(x).toBeLessThan(300);
    expect(y).toBeGreaterThan(0);
    expect(y).toBeLessThan(300);
  });

  it('waits until there is a window', () => {
    const views: View[] = [];
    const look = new WebLook(1_000);
    look.watch((view) => views.push(view));
    look.reveal([{ x: 900, y: 900 }]);
    expect(views).toEqual([]);
  });
});

it('no way of looking makes a view that is not a number', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('pan' as const), a: fc.integer(), b: fc.integer() }),
    fc.record({ kind: fc.constant('zoom' as const), a: fc.integer({ min: 1, max: 40 }), b: fc.nat(900) }),
    fc.record({ kind: fc.constant('reveal' as const), a: fc.integer(), b: fc.integer() }),
    fc.record({ kind: fc.constant('resize' as const), a: fc.nat(3_000), b: fc.nat(3_000) }),
    fc.record({ kind: fc.constant('show' as const), a: fc.integer({ min: 1, max: 9_000 }), b: fc.nat(1) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const { look } = looking();
      for (const { kind, a, b } of steps) {
        if (kind === 'pan') look.pan(a, b);
        if (kind === 'zoom') look.zoom(a / 10, { x: b, y: b });
        if (kind === 'reveal') look.reveal([{ x: a, y: b }]);
        if (kind === 'resize') look.resize({ width: a, height: b });
        if (kind === 'show') look.show(a);
      }
      const { x, y, scale } = look.view;
      expect([x, y, scale].every(Number.isFinite)).toBe(true);
      expect(scale).toBeGreaterThan(0);
    }),
    { numRuns: 200 },
  );
});
