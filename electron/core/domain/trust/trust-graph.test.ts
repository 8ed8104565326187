import { describe, expect, it } from 'vitest';
import type { Fingerprint, MailAddress } from '../../../../shared/ids';
import { MAX_GRAPH_EDGES } from '../key-limits';
import { computeValidity } from './compute-validity';
import { drawGraph, type GraphCertification } from './trust-graph';

const NOW = Date.UTC(2026, 4, 17, 10, 20, 30);
const DAY = 24 * 60 * 60_000;

const print = (name: string): Fingerprint =>
  Buffer.from(name.padEnd(20, '.')).toString('hex').toUpperCase() as Fingerprint;
const addressOf = (name: string): MailAddress => `${name}@${'a'.repeat(56)}.onion` as MailAddress;
const nameOf = (fingerprint: Fingerprint): string => Buffer.from(fingerprint, 'hex').toString().replace(/\.+$/, '');

function arrow(text: string, extra: Partial<GraphCertification> = {}): GraphCertification {
  const [from = '', to = ''] = text.split('>');
  return {
    issuer: print(from),
    subject: print(to),
    kind: 'certification',
    level: 3,
    createdAt: NOW - 10 * DAY,
    exportable: true,
    ...extra,
  };
}

type Web = {
  names: readonly string[];
  certifications: readonly GraphCertification[];
  contacts?: readonly string[];
  revoked?: readonly string[];
  limit?: number;
};

function draw({ names, certifications, contacts = [], revoked = [], limit = 1_000 }: Web) {
  const keys = names.map((name) => ({
    fingerprint: print(name),
    address: addressOf(name),
    isContact: contacts.includes(name),
  }));
  const trustKeys = names.map((name) => ({
    fingerprint: print(name),
    userId: `<${addressOf(name)}>`,
    revoked: revoked.includes(name),
  }));
  const result = computeValidity({
    now: NOW,
    keys: trustKeys,
    certifications,
    ownerTrust: new Map([[print('me'), 'ultimate']]),
  });
  const graph = drawGraph({ own: print('me'), keys, certifications, result, now: NOW, limit });
  return {
    ...graph,
    names: graph.nodes.map(({ fingerprint }) => nameOf(fingerprint)),
    arrows: graph.edges.map(({ from, to }) => `${nameOf(from)}>${nameOf(to)}`),
  };
}

const introducer = { trust: { depth: 1, amount: 120 } } as const;

describe('the picture of trust', () => {
  it('has the nearest keys first, each with its distance and validity', () => {
    const graph = draw({
      names: ['eve', 'carol', 'dan', 'bob', 'me'],
      certifications: [arrow('me>bob', introducer), arrow('bob>carol'), arrow('carol>dan')],
    });
    expect(graph.names).toEqual(['me', 'bob', 'carol', 'dan']);
    expect(graph.nodes.map(({ distance, validity, isOwn }) => [distance, validity, isOwn])).toEqual([
      [0, 'ultimate', true],
      [1, 'full', false],
      [2, 'full', false],
      [undefined, 'undefined', false],
    ]);
    expect(graph.omitted).toBe(1);
  });

  it('tells certifications apart', () => {
    const { edges } = draw({
      names: ['me', 'bob', 'carol'],
      certifications: [arrow('me>bob', { ...introducer, exportable: false }), arrow('bob>carol'), arrow('carol>bob')],
    });
    expect(edges).toEqual([
      { from: print('me'), to: print('bob'), introducer: true, shared: false, onPath: true },
      { from: print('carol'), to: print('bob'), introducer: false, shared: true, onPath: false },
      { from: print('bob'), to: print('carol'), introducer: false, shared: true, onPath: true },
    ]);
  });

  it('leaves out what is revoked, expired, replaced, or said by a key that has ended', () => {
    const certifications = [
      arrow('me>bob'),
      arrow('me>bob', { createdAt: NOW - DAY, exportable: false }),
      arrow('me>carol'),
      arrow('me>carol', { kind: 'revocation', createdAt: NOW - DAY }),
      arrow('me>dan', { expiresAt: NOW - 1000 }),
      arrow('me>eve'),
      arrow('eve>bob'),
    ];
    const graph = draw({ names: ['me', 'bob', 'carol', 'dan', 'eve'], certifications, revoked: ['eve'] });
    expect(graph.arrows.sort()).toEqual(['me>bob', 'me>eve']);
    expect(graph.edges.find(({ to }) => to === print('bob'))?.shared).toBe(false);
    expect(graph.omitted).toBe(2);
  });

  it('shows contacts without certifications, after all others', () => {
    const graph = draw({
      names: ['zoe', 'me', 'bob', 'far', 'ann'],
      contacts: ['zoe'],
      certifications: [arrow('me>bob'), arrow('bob>far'), arrow('ann>me')],
    });
    expect(graph.names).toEqual(['me', 'bob', 'far', 'zoe']);
    expect(graph.omitted).toBe(1);
  });

  it('keeps the nearest when there are too many', () => {
    const graph = draw({
      names: ['d', 'c', 'b', 'me'],
      certifications: [arrow('me>b', introducer), arrow('b>c'), arrow('me>d')],
      limit: 2,
    });
    expect([graph.names, graph.arrows, graph.omitted]).toEqual([['me', 'b'], ['me>b'], 2]);
  });

  it('drops certifications nothing rests on before others', () => {
    const names = ['me', ...Array.from({ length: 299 }, (_, at) => `k${at}`)];
    const certifications = names.flatMap((from) =>
      names.filter((to) => to !== from).map((to) => arrow(`${from}>${to}`)),
    );
    expect(certifications.length).toBeGreaterThan(MAX_GRAPH_EDGES);
    const { edges } = draw({ names, certifications });
    expect(edges).toHaveLength(MAX_GRAPH_EDGES);
    expect(edges.slice(0, 299).every(({ onPath }) => onPath)).toBe(true);
  });
});
