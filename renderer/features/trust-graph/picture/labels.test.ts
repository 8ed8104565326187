import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fingerprint } from '../../../../shared/ids';
import type { TrustNode } from '../../../../shared/trust';
import { layOut } from '../web/layout-web';
import { pathsTo } from '../web/paths';
import type { Palette } from '../web/person-signs';
import { buildWeb } from '../web/web';
import { addressOf } from '../../../testing/sample-mail';
import { chooseLabels, haloGap, LABEL_HEIGHT, screenRadius } from './labels';
import type { Label } from './labels';
import type { Scene } from './scene';
import { fitView } from './view';

const WINDOW = { width: 900, height: 700 };
const palette = new Proxy({}, { get: () => '#123456' }) as Palette;
const widthOf = (text: string, strong: boolean): number => text.length * (strong ? 8 : 7);

/** Me, and as many people around me, each verified and called `name 1`, `name 2`…; the first is an introducer. */
const sceneOf = (count: number, chosen?: number): Scene => {
  const node = (at: number): TrustNode => ({
    fingerprint: `F${String(at)}` as Fingerprint,
    address: addressOf('bob'),
    validity: at === 0 ? 'ultimate' : 'full',
    distance: at === 0 ? 0 : 1,
    isContact: true,
    isOwn: at === 0,
  });
  const edge = (at: number) => ({
    from: 'F0' as Fingerprint,
    to: `F${String(at)}` as Fingerprint,
    introducer: at === 1,
    shared: true,
    onPath: true,
  });
  const places = Array.from({ length: count + 1 }, (_, at) => at);
  const web = buildWeb(
    { nodes: places.map(node), edges: places.slice(1).map(edge), omitted: 0 },
    { nameOf: ({ fingerprint }) => fingerprint, labelOf: ({ fingerprint }) => `name ${fingerprint.slice(1)}` },
  );
  return {
    web,
    layout: layOut(web, () => true),
    palette,
    shown: new Set(places),
    chosen,
    lit: chosen === undefined ? undefined : pathsTo(web, chosen),
  };
};

const labelsOf = (scene: Scene, scale?: number): Label[] => {
  const fitting = fitView(scene.layout.radius, WINDOW);
  return chooseLabels(scene, { view: { ...fitting, scale: scale ?? fitting.scale }, size: WINDOW, widthOf });
};
const boxOf = ({ x, y, text, strong }: Label) => {
  const half = widthOf(text, strong) / 2;
  return { left: x - half, right: x + half, top: y, bottom: y + LABEL_HEIGHT };
};
const overlap = (one: ReturnType<typeof boxOf>, other: ReturnType<typeof boxOf>): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

describe('names in the picture', () => {
  it('are there for everybody while there is room', () => {
    expect(
      labelsOf(sceneOf(6))
        .map(({ text }) => text)
        .sort(),
    ).toEqual(['name 0', 'name 1', 'name 2', 'name 3', 'name 4', 'name 5', 'name 6']);
  });

  it('never cover one another, in a crowd of any size at any zoom', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 150 }), fc.integer({ min: 2, max: 400 }), (count, percent) => {
        const boxes = labelsOf(sceneOf(count), percent / 100).map(boxOf);
        for (const [index, one] of boxes.entries())
          for (const other of boxes.slice(index + 1)) expect(overlap(one, other)).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  it('are left out in a crowd but for oneself and the introducers', () => {
    const texts = labelsOf(sceneOf(400), 0.2).map(({ text }) => text);
    expect(texts).toContain('name 0');
    expect(texts).toContain('name 1');
    expect(texts.length).toBeLessThan(4);
  });

  it('always tell who is chosen, first and strongly, and dim the others', () => {
    const labels = labelsOf(sceneOf(20, 7));
    expect(labels[0]).toMatchObject({ text: 'name 7', strong: true, dim: false });
    expect(labels.find(({ text }) => text === 'name 0')).toMatchObject({ strong: true, dim: false });
    const others = labels.filter(({ at }) => at !== 0 && at !== 7);
    expect(others.length).toBeGreaterThan(0);
    expect(others.every(({ dim, strong }) => dim && !strong)).toBe(true);
  });

  it('are not drawn far outside of the window', () => {
    const scene = sceneOf(30);
    const view = { x: 5_000, y: 300, scale: 1 };
    expect(chooseLabels(scene, { view, size: WINDOW, widthOf })).toEqual([]);
  });
});

describe('the size of a sign', () => {
  it('grows more slowly than the view, within limits', () => {
    expect(screenRadius(10, 1)).toBe(10);
    expect(screenRadius(10, 2)).toBeLessThan(20);
    expect(screenRadius(10, 100)).toBe(16);
    expect(screenRadius(10, 0.001)).toBeCloseTo(3.2);
  });

  it('keeps a small ring near a small sign', () => {
    expect(haloGap(4)).toBeCloseTo(1.6);
    expect(haloGap(100)).toBe(3.2);
  });
});
