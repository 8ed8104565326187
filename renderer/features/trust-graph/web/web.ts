import type { Fingerprint, MailAddress } from '../../../../shared/ids';
import type { TrustEdge, TrustGraph, TrustNode } from '../../../../shared/trust';

/** What a person's key is worth, as the picture tells it by shape and colour. */
export type PersonKind = 'you' | 'verified' | 'introduced' | 'marginal' | 'unbelieved' | 'invalid';

/** Somebody in the picture. `at` is their place in `Web.people`. */
export type Person = {
  readonly at: number;
  readonly key: Fingerprint;
  readonly address: MailAddress;
  /** The person's own word for a contact, a short address for others. */
  readonly name: string;
  readonly label: string;
  readonly kind: PersonKind;
  readonly isContact: boolean;
  /** Certifications from the user on the shortest believed path; undefined when their key is not believed. */
  readonly distance: number | undefined;
  /** Somebody whom the user believes has named them an introducer. */
  readonly introduces: boolean;
  /**
   * Who comes before them on the way from the user; undefined for the user and for those whom no certification leads
   * to.
   */
  readonly parent: number | undefined;
};

/** `from` and `to` are places in `Web.people`. */
export type Vouching = Pick<TrustEdge, 'introducer' | 'shared' | 'onPath'> & {
  readonly from: number;
  readonly to: number;
};

/** A web of trust with everybody's name, ready to be laid out: the user is the first of the people. */
export type Web = {
  readonly people: readonly Person[];
  readonly vouchings: readonly Vouching[];
  /** For each person the certifications on their key, and those by it. */
  readonly vouchedBy: readonly (readonly Vouching[])[];
  readonly vouchesFor: readonly (readonly Vouching[])[];
  readonly omitted: number;
};

/** How people are called: in full for lists, short enough to stand below a sign. */
export type Naming = { readonly nameOf: (node: TrustNode) => string; readonly labelOf: (node: TrustNode) => string };

/** Makes the graph of the core into a web. Without the user's own key in it the web is empty. */
export const buildWeb = ({ nodes, edges, omitted }: TrustGraph, { nameOf, labelOf }: Naming): Web => {
  const ordered = [...nodes.filter(({ isOwn }) => isOwn), ...nodes.filter(({ isOwn }) => !isOwn)];
  const places = new Map<string, number>(ordered.map(({ fingerprint }, at) => [fingerprint, at]));
  const vouchings = placedEdges(edges, places);
  const vouchedBy = gathered(vouchings, ordered.length, ({ to }) => to);
  const vouchesFor = gathered(vouchings, ordered.length, ({ from }) => from);
  const parents = parentsOf(ordered, { vouchedBy, vouchesFor });
  const people = ordered.map((node, at): Person => ({
    at,
    key: node.fingerprint,
    address: node.address,
    name: nameOf(node),
    label: labelOf(node),
    kind: kindOf(node),
    isContact: node.isContact,
    distance: believedDistance(node),
    introduces: vouchedBy[at]?.some(({ introducer, onPath }) => introducer && onPath) ?? false,
    parent: parents[at],
  }));
  return { people, vouchings, vouchedBy, vouchesFor, omitted };
};

const kinds: Readonly<Record<TrustNode['validity'], PersonKind>> = {
  ultimate: 'verified',
  full: 'introduced',
  marginal: 'marginal',
  undefined: 'unbelieved',
  unknown: 'unbelieved',
  expired: 'invalid',
  revoked: 'invalid',
};

const kindOf = ({ isOwn, validity, distance }: TrustNode): PersonKind => {
  if (isOwn) return 'you';
  return validity === 'full' && distance === 1 ? 'verified' : kinds[validity];
};

const believedDistance = ({ isOwn, distance }: TrustNode): number | undefined => (isOwn ? 0 : distance);

const placedEdges = (edges: readonly TrustEdge[], places: ReadonlyMap<string, number>): Vouching[] =>
  edges.flatMap(({ from, to, introducer, shared, onPath }) => {
    const [fromAt, toAt] = [places.get(from), places.get(to)];
    return fromAt === undefined || toAt === undefined || fromAt === toAt
      ? []
      : [{ from: fromAt, to: toAt, introducer, shared, onPath }];
  });

const gathered = (
  vouchings: readonly Vouching[],
  count: number,
  placeOf: (vouching: Vouching) => number,
): Vouching[][] => {
  const lists: Vouching[][] = Array.from({ length: count }, () => []);
  for (const vouching of vouchings) lists[placeOf(vouching)]?.push(vouching);
  return lists;
};

type Sides = Pick<Web, 'vouchedBy' | 'vouchesFor'>;

/**
 * A believed person hangs on whoever comes before them on the path that their standing names; others on whoever leads
 * to them in the fewest steps.
 */
const parentsOf = (nodes: readonly TrustNode[], sides: Sides): readonly (number | undefined)[] => {
  const before = stepsBefore(nodes.length, sides);
  const places = new Map(nodes.map(({ fingerprint }, at) => [fingerprint, at]));
  return nodes.map(({ distance, via }, at) =>
    at === 0
      ? undefined
      : distance === undefined
        ? before[at]
        : ((via && places.get(via)) ?? nearestWitness(nodes, sides, at) ?? 0),
  );
};

const nearestWitness = (nodes: readonly TrustNode[], { vouchedBy }: Sides, at: number): number | undefined => {
  const own = nodes[at]?.distance ?? 0;
  const distanceOf = (place: number): number => nodes[place]?.distance ?? Number.POSITIVE_INFINITY;
  const witnesses = (vouchedBy[at] ?? [])
    .filter(({ from, onPath }) => onPath && distanceOf(from) < own)
    .map(({ from }) => from);
  return witnesses.sort((one, other) => distanceOf(one) - distanceOf(other) || one - other)[0];
};

/** Whoever comes before each on a shortest way over any certifications. */
const stepsBefore = (count: number, { vouchesFor }: Sides): readonly (number | undefined)[] => {
  const before = Array.from<number | undefined>({ length: count });
  const seen = new Set(count === 0 ? [] : [0]);
  // A set that grows while it is walked hands out the nearer ones first.
  for (const from of seen) {
    for (const { to } of vouchesFor[from] ?? []) {
      if (seen.has(to)) continue;
      seen.add(to);
      before[to] = from;
    }
  }
  return before;
};
