import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineOf, shownVouchings, strengthOf } from './scene';
import { fitView, kept, panBy, revealed, toScreen, toWorld, zoomAt } from './view';
import type { Fingerprint, MailAddress } from '../../../../shared/ids';
import type { TrustNode } from '../../../../shared/trust';
import { present } from '../../../../shared/present';
import { layOut } from '../web/layout-web';
import { buildWeb } from '../web/web';

const node = (name: string, distance?: number): TrustNode => ({
  fingerprint: name as Fingerprint,
  address: `${name}@example.onion` as MailAddress,
  validity: name === 'me' ? 'ultimate' : distance === undefined ? 'unknown' : 'full',
  isContact: true,
  isOwn: name === 'me',
  ...present({ distance }),
});
const edge = (from: string, to: string, onPath = true) => ({
  from: from as Fingerprint,
  to: to as Fingerprint,
  introducer: false,
  shared: true,
  onPath,
});

/** I vouch for Bob and Carol; Bob for Carol and Dave; Dave for Eve, who is not believed. */
const web = buildWeb(
  {
    nodes: [node('me', 0), node('bob', 1), node('carol', 1), node('dave', 2), node('eve')],
    edges: [
      edge('me', 'bob'),
      edge('me', 'carol'),
      edge('bob', 'carol'),
      edge('bob', 'dave'),
      edge('dave', 'eve', false),
    ],
    omitted: 0,
  },
  { nameOf: ({ fingerprint }) => fingerprint, labelOf: ({ fingerprint }) => fingerprint },
);
const layout = layOut(web, () => true);
const vouching = (from: string, to: string) =>
  web.vouchings.find((one) => web.people[one.from]?.key === from && web.people[one.to]?.key === to) ?? expect.fail();

describe('the lines of the picture', () => {
  it('are branches of the tree, others that count, or faint', () => {
    expect(strengthOf(web, vouching('me', 'bob'))).toBe('branch');
    expect(strengthOf(web, vouching('bob', 'dave'))).toBe('branch');
    expect(strengthOf(web, vouching('bob', 'carol'))).toBe('counts');
    expect(strengthOf(web, vouching('dave', 'eve'))).toBe('faint');
  });

  it('go from one person to another, and bend only as branches between rings', () => {
    const branch = lineOf(layout, vouching('bob', 'dave'), 'branch');
    expect([branch.from, branch.to]).toEqual([layout.places[1], layout.places[3]]);
    expect(branch.bend).toHaveLength(2);
    expect(lineOf(layout, vouching('me', 'bob'), 'branch').bend).toBeUndefined();
    expect(lineOf(layout, vouching('bob', 'carol'), 'counts').bend).toBeUndefined();
  });

  it('are there only between people who are shown', () => {
    const shown = shownVouchings({ web, shown: new Set([0, 1, 4]) });
    expect(shown).toEqual([vouching('me', 'bob')]);
  });
});

describe('the view', () => {
  const number = fc.double({ min: -5_000, max: 5_000, noNaN: true });
  const point = fc.record({ x: number, y: number });
  const view = fc.record({ x: number, y: number, scale: fc.double({ min: 0.01, max: 4, noNaN: true }) });

  it('leads from the world to the screen and back', () => {
    fc.assert(
      fc.property(view, point, (from, at) => {
        const back = toWorld(from, toScreen(from, at));
        expect(back.x).toBeCloseTo(at.x, 4);
        expect(back.y).toBeCloseTo(at.y, 4);
      }),
    );
  });

  it('zooms around a point of the screen, whichever it is', () => {
    fc.assert(
      fc.property(view, point, fc.double({ min: 0.2, max: 5, noNaN: true }), (from, at, factor) => {
        const world = toWorld(from, at);
        const now = toScreen(zoomAt(from, at, { factor, min: 0.005 }), world);
        expect(now.x).toBeCloseTo(at.x, 3);
        expect(now.y).toBeCloseTo(at.y, 3);
      }),
    );
  });

  it('keeps a part of the world on the screen, and moves nothing that is there', () => {
    const size = { width: 800, height: 600 };
    fc.assert(
      fc.property(view, (from) => {
        const stays = kept(from, 1_000, size);
        expect(kept(stays, 1_000, size)).toEqual(stays);
        expect(stays.scale).toBe(from.scale);
        const reach = Math.max(60, 1_000 * stays.scale);
        expect(stays.x).toBeGreaterThanOrEqual(-reach);
        expect(stays.x).toBeLessThanOrEqual(800 + reach);
      }),
    );
    const fitting = fitView(1_000, size);
    expect(kept(fitting, 1_000, size)).toEqual(fitting);
  });

  it('reveals a point by moving no further than needed', () => {
    const size = { width: 800, height: 600, right: 0 };
    fc.assert(
      fc.property(view, point, (from, at) => {
        const now = revealed(from, [at], size);
        const { x, y } = toScreen(now, at);
        expect(x).toBeGreaterThanOrEqual(69.9);
        expect(x).toBeLessThanOrEqual(730.1);
        expect(y).toBeGreaterThanOrEqual(69.9);
        expect(y).toBeLessThanOrEqual(530.1);
        const again = revealed(now, [at], size);
        expect(again.x).toBeCloseTo(now.x, 6);
        expect(again.y).toBeCloseTo(now.y, 6);
      }),
    );
  });

  it('pans by as much as was said', () => {
    expect(panBy({ x: 1, y: 2, scale: 3 }, 10, -20)).toEqual({ x: 11, y: -18, scale: 3 });
  });
});
