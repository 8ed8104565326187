import type { Fingerprint, MailAddress } from '../../../../shared/ids';
import type { TrustEdge, TrustGraph, TrustNode } from '../../../../shared/trust';
import { MAX_GRAPH_EDGES } from '../key-limits';
import { isCertificationInForce } from './in-force';
import { lastWords } from './last-words';
import type { TrustCertification, TrustResult } from './trust-model';

export type GraphKey = {
  readonly fingerprint: Fingerprint;
  readonly address: MailAddress;
  readonly isContact: boolean;
};
export type GraphCertification = TrustCertification & { readonly exportable: boolean };

type GraphInput = {
  readonly own: Fingerprint;
  readonly keys: readonly GraphKey[];
  /** Verified; what has been revoked, replaced or has expired may be among them. */
  readonly certifications: readonly GraphCertification[];
  readonly result: TrustResult;
  readonly now: number;
  /** Most keys to show, the own one included. */
  readonly limit: number;
};

/** Fingerprints in the order of the picture. */
type Ranks = ReadonlyMap<Fingerprint, number>;

/**
 * The graph of certifications around `own`: keys to which certifications in force lead from it, believed or not, and
 * every contact. Nearest first; by belief, then by steps, then contacts, then address. Certifications by a key that has
 * expired or is revoked do not count. When there are too many, those on which a validity rests stay.
 */
export function drawGraph(o: GraphInput): TrustGraph {
  const inForce = edgesInForce(o);
  const steps = stepsFrom(o.own, inForce);
  const shown = o.keys.filter((key) => key.isContact || steps.has(key.fingerprint));
  const nodes = shown
    .map((key) => ({ node: nodeOf(key, o), steps: steps.get(key.fingerprint) ?? Infinity }))
    .sort(
      (a, b) =>
        distanceOf(a.node) - distanceOf(b.node) || compareSteps(a.steps, b.steps) || compareNodes(a.node, b.node),
    )
    .slice(0, o.limit)
    .map(({ node }) => node);
  const ranks: Ranks = new Map(nodes.map(({ fingerprint }, rank) => [fingerprint, rank]));
  return { nodes, edges: edgesAmong(inForce, ranks), omitted: o.keys.length - nodes.length };
}

function edgesInForce({ keys, certifications, result, now }: GraphInput): TrustEdge[] {
  const words = lastWords({ keys, certifications });
  return words.flatMap((about) =>
    about
      .filter(
        ({ certification }) => isCertificationInForce(certification, now) && mayVouch(certification.issuer, result),
      )
      .map(({ certification }) => edgeOf(certification, result)),
  );
}

function mayVouch(issuer: Fingerprint, { validities }: TrustResult): boolean {
  const validity = validities.get(issuer)?.validity;
  return validity !== 'expired' && validity !== 'revoked';
}

function edgeOf({ issuer, subject, trust, exportable }: GraphCertification, { validities }: TrustResult): TrustEdge {
  return {
    from: issuer,
    to: subject,
    introducer: (trust?.depth ?? 0) > 0,
    shared: exportable,
    onPath: validities.get(subject)?.countedIssuers.includes(issuer) ?? false,
  };
}

/** Certifications to go from the own key to each key that can be reached. */
function stepsFrom(own: Fingerprint, edges: readonly TrustEdge[]): Map<Fingerprint, number> {
  const next = new Map<Fingerprint, Fingerprint[]>();
  for (const { from, to } of edges) {
    const targets = next.get(from);
    if (targets) targets.push(to);
    else next.set(from, [to]);
  }
  const steps = new Map([[own, 0]]);
  // A map that grows while it is walked hands out the nearer ones first.
  for (const [fingerprint, count] of steps) {
    for (const to of next.get(fingerprint) ?? []) if (!steps.has(to)) steps.set(to, count + 1);
  }
  return steps;
}

function nodeOf({ fingerprint, address, isContact }: GraphKey, { own, result }: GraphInput): TrustNode {
  const { validity = 'unknown', path = [] } = result.validities.get(fingerprint) ?? {};
  const node = { fingerprint, address, validity, isContact, isOwn: fingerprint === own };
  if (node.isOwn) return { ...node, distance: 0 };
  const isBelieved = validity === 'full' || validity === 'marginal';
  return isBelieved ? { ...node, distance: path.length + 1, via: path.at(-1) ?? own } : node;
}

function distanceOf({ distance }: TrustNode): number {
  return distance ?? Number.MAX_SAFE_INTEGER;
}

/** Two keys that no certification leads to are equally far away. */
function compareSteps(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

function compareNodes(a: TrustNode, b: TrustNode): number {
  return Number(b.isContact) - Number(a.isContact) || (a.address < b.address ? -1 : 1);
}

function edgesAmong(edges: readonly TrustEdge[], ranks: Ranks): TrustEdge[] {
  const among = edges.filter(({ from, to }) => ranks.has(from) && ranks.has(to));
  if (among.length <= MAX_GRAPH_EDGES) return among;
  const farther = ({ from, to }: TrustEdge): number => Math.max(ranks.get(from) ?? 0, ranks.get(to) ?? 0);
  return among.sort((a, b) => Number(b.onPath) - Number(a.onPath) || farther(a) - farther(b)).slice(0, MAX_GRAPH_EDGES);
}
