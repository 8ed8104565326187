import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fingerprint, MailAddress } from '../../../../shared/ids';
import type { TrustGraph, TrustNode } from '../../../../shared/trust';
import { present } from '../../../../shared/present';
import { foundPeople } from './found-people';
import { pathLine, spokenPerson } from './kind-words';
import { layOut } from './layout-web';
import { nextTowards, personAt } from './nearest';
import { pathsTo, shortestPath } from './paths';
import type { Palette } from './person-signs';
import { svgOf } from '../picture/svg-web';
import { fitView, kept, toScreen, toWorld, zoomAt } from '../picture/view';
import { buildWeb } from './web';
import type { Web } from './web';

type Drawn = Partial<Pick<TrustNode, 'validity' | 'distance' | 'isContact'>>;

const node = (name: string, o: Drawn = {}): TrustNode => ({
  fingerprint: name as Fingerprint,
  address: `${name}@example.onion` as MailAddress,
  validity: o.validity ?? 'full',
  isContact: o.isContact ?? true,
  isOwn: name === 'me',
  ...present({ distance: o.distance }),
});

const edge = (from: string, to: string, onPath = true, introducer = false) => ({
  from: from as Fingerprint,
  to: to as Fingerprint,
  introducer,
  shared: true,
  onPath,
});

const nameOf = ({ fingerprint }: TrustNode): string => fingerprint;
const webOf = (graph: Omit<TrustGraph, 'omitted'>): Web =>
  buildWeb({ ...graph, omitted: 0 }, { nameOf, labelOf: nameOf });

/** I verified Bob, who introduces Carol; Dave is known to Carol only; Eve to nobody. */
const small = (): Web =>
  webOf({
    nodes: [
      node('bob', { distance: 1 }),
      node('me', { validity: 'ultimate', distance: 0 }),
      node('carol', { distance: 2 }),
      node('dave', { validity: 'unknown' }),
      node('eve', { validity: 'revoked', isContact: false }),
    ],
    edges: [
      edge('me', 'bob', true, true),
      edge('bob', 'carol'),
      edge('carol', 'dave', false),
      edge('dave', 'bob', false),
    ],
  });

const at = (web: Web, name: string): number => web.people.findIndex(({ key }) => key === name);

/** Webs of any shape: certifications in circles, people without any, distances that fit nothing. */
const webs = fc
  .tuple(
    fc.array(
      fc.record({
        distance: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
        validity: fc.constantFrom('full', 'marginal', 'unknown', 'expired'),
      }),
      { maxLength: 120 },
    ),
    fc.array(fc.tuple(fc.nat(120), fc.nat(120), fc.boolean()), { maxLength: 300 }),
  )
  .map(([others, links]) => {
    const nodes = [
      node('me', { validity: 'ultimate', distance: 0 }),
      ...others.map(({ distance, validity }, index) =>
        node(`p${String(index)}`, {
          validity: validity as TrustNode['validity'],
          ...present({ distance }),
        }),
      ),
    ];
    const name = (index: number): string => nodes[index % nodes.length]?.fingerprint ?? 'me';
    return webOf({ nodes, edges: links.map(([from, to, onPath]) => edge(name(from), name(to), onPath)) });
  });

describe('a web of trust', () => {
  test('has the user first and says what each is', () => {
    const web = small();
    expect(web.people.map(({ key, kind }) => `${key} ${kind}`)).toEqual([
      'me you',
      'bob verified',
      'carol introduced',
      'dave unbelieved',
      'eve invalid',
    ]);
    expect(web.people[at(web, 'bob')]?.introduces).toBe(true);
    expect(pathLine(web, at(web, 'dave'))).toBe('You → bob → carol → dave');
    expect(pathLine(web, at(web, 'eve'))).toBe('');
    expect(spokenPerson(web, web.people[at(web, 'carol')] ?? expect.fail())).toBe(
      'carol: introduced; vouched for by bob; way: You, then bob, then carol',
    );
  });

  test('lights what a belief rests on, and the way to who is not believed', () => {
    const web = small();
    const carol = pathsTo(web, at(web, 'carol'));
    expect(carol.people).toEqual(new Set([0, at(web, 'bob'), at(web, 'carol')]));
    expect(carol).toMatchObject({ believed: true });
    expect(carol.vouchings.size).toBe(2);
    expect(pathsTo(web, at(web, 'dave'))).toMatchObject({ believed: false, people: new Set([0, 1, 2, 3]) });
    expect(pathsTo(web, at(web, 'eve')).vouchings.size).toBe(0);
  });

  test('finds people by name and address', () => {
    expect(foundPeople(small().people, 'AVE').map(({ key }) => key)).toEqual(['dave']);
    expect(foundPeople(small().people, 'e').map(({ key }) => key)).toEqual(['eve', 'me', 'bob', 'carol', 'dave']);
    expect(foundPeople(small().people, 'Dàve').map(({ key }) => key)).toEqual(['dave']);
    expect(foundPeople(small().people, ' ')).toEqual([]);
  });
});

describe('the layout', () => {
  test('is the same every time, and nobody stands on somebody else', () => {
    fc.assert(
      fc.property(webs, (web) => {
        const layout = layOut(web, () => true);
        expect(layOut(web, () => true)).toEqual(layout);
        const spots = layout.places.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`);
        expect(new Set(spots).size).toBe(spots.length);
        expect(layout.places.every(({ x, y }) => Math.hypot(x, y) <= layout.radius)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('puts the nearer people nearer and those who are not believed outermost', () => {
    fc.assert(
      fc.property(webs, (web) => {
        const { places } = layOut(web, () => true);
        const reach = new Map<number, { least: number; most: number }>();
        const farOf = (place: number): number => Math.hypot(places[place]?.x ?? 0, places[place]?.y ?? 0);
        for (const { at: place, distance = 99 } of web.people) {
          const far = farOf(place);
          const known = reach.get(distance) ?? { least: far, most: far };
          reach.set(distance, { least: Math.min(known.least, far), most: Math.max(known.most, far) });
        }
        const rings = [...reach].sort(([one], [other]) => one - other).map(([, ring]) => ring);
        for (const [index, ring] of rings.entries())
          expect(ring.least).toBeGreaterThanOrEqual(rings[index - 1]?.most ?? 0);
      }),
      { numRuns: 60 },
    );
  });

  test('every way ends, at the user or at whoever nothing leads to', () => {
    fc.assert(
      fc.property(webs, (web) =>
        web.people.every(({ at: place }) => new Set(shortestPath(web, place)).size === shortestPath(web, place).length),
      ),
    );
  });

  test('the arrow keys come to everybody who is linked and never to who is hidden', () => {
    const web = small();
    const where = {
      web,
      layout: layOut(web, () => true),
      isShown: (place: number) => web.people[place]?.kind !== 'invalid',
    };
    const reached = new Set([0]);
    for (const from of reached)
      for (const direction of ['up', 'down', 'left', 'right'] as const)
        reached.add(nextTowards(where, from, direction) ?? 0);
    expect(reached).toEqual(new Set([0, 1, 2, 3]));
    const bob = where.layout.places[1] ?? expect.fail();
    expect(personAt(where, { x: bob.x + 3, y: bob.y }, 10)).toBe(1);
    expect(personAt(where, { x: bob.x + 30, y: bob.y + 30 }, 10)).toBeUndefined();
  });
});

describe('the view', () => {
  test('fits a circle, zooms around a point and does not lose the world', () => {
    const size = { width: 800, height: 600 };
    const view = fitView(1_000, size);
    expect(toScreen(view, { x: 0, y: 1_000 }).y).toBeLessThan(600);
    const point = { x: 120, y: 450 };
    const world = toWorld(view, point);
    expect(toScreen(zoomAt(view, point, { factor: 3, min: 0.1 }), world)).toEqual({
      x: expect.closeTo(120, 6) as number,
      y: expect.closeTo(450, 6) as number,
    });
    expect(kept({ ...view, x: 9_000 }, 1_000, size).x).toBeLessThan(800 + 1_000);
  });
});

test('the SVG is well formed and has every name, also one that looks like markup', () => {
  const web = buildWeb(
    {
      nodes: [node('me', { validity: 'ultimate', distance: 0 }), node('bob', { distance: 1 })],
      edges: [edge('me', 'bob')],
      omitted: 0,
    },
    { nameOf, labelOf: ({ isOwn }) => (isOwn ? 'You' : '<script>&"\u0007😀') },
  );
  const palette = new Proxy({}, { get: () => '#123456' }) as Palette;
  const svg = svgOf({ web, palette, layout: layOut(web, () => true), shown: new Set([0, 1]) }, 'a < b');
  expect(svg).toContain('>&lt;script&gt;&amp;&quot;😀</text>');
  expect(svg).toContain('>You</text>');
  expect(svg).toContain('<title>a &lt; b</title>');
  expect(svg).not.toMatch(/<script|\u0007/u);
});
