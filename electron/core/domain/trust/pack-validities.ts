import type { Fingerprint } from '../../../../shared/ids';
import { present } from '../../../../shared/present';
import type { KeyValidity, TrustResult } from './trust-model';

/**
 * A `TrustResult` in columns, for the same reason as `PackedTrust`. The lists of a key end where the numbers in `…Ends`
 * say.
 */
export type PackedValidities = {
  readonly fingerprints: Fingerprint[];
  readonly keys: Int32Array;
  readonly validities: KeyValidity['validity'][];
  readonly paths: Int32Array;
  readonly pathEnds: Int32Array;
  readonly issuers: Int32Array;
  readonly issuerEnds: Int32Array;
  readonly nextChangeAt?: number;
};

/** See `PackedValidities`; its arrays are new and may be handed over. */
export function packValidities(result: TrustResult): PackedValidities {
  const places = new Map<Fingerprint, number>();
  const placeOf = (name: Fingerprint): number => {
    const place = places.get(name) ?? places.size;
    places.set(name, place);
    return place;
  };
  const entries = [...result.validities];
  const paths = packLists(
    entries.map(([, { path }]) => path),
    placeOf,
  );
  const issuers = packLists(
    entries.map(([, { countedIssuers }]) => countedIssuers),
    placeOf,
  );
  return {
    keys: Int32Array.from(entries, ([name]) => placeOf(name)),
    validities: entries.map(([, { validity }]) => validity),
    paths: paths.values,
    pathEnds: paths.ends,
    issuers: issuers.values,
    issuerEnds: issuers.ends,
    fingerprints: [...places.keys()],
    ...present({ nextChangeAt: result.nextChangeAt }),
  };
}

function packLists(
  lists: readonly (readonly Fingerprint[])[],
  placeOf: (name: Fingerprint) => number,
): { values: Int32Array; ends: Int32Array } {
  const values: number[] = [];
  const ends = Int32Array.from(lists, (list) => {
    for (const name of list) values.push(placeOf(name));
    return values.length;
  });
  return { values: Int32Array.from(values), ends };
}

/** The other way. */
export function unpackValidities(packed: PackedValidities): TrustResult {
  const { fingerprints, validities } = packed;
  const listAt = (values: Int32Array, ends: Int32Array, at: number): Fingerprint[] =>
    Array.from(values.subarray(at === 0 ? 0 : ends[at - 1], ends[at]), (place) => nameAt(fingerprints, place));
  const entries = validities.map((validity, at): [Fingerprint, KeyValidity] => [
    nameAt(fingerprints, packed.keys[at]),
    {
      validity,
      path: listAt(packed.paths, packed.pathEnds, at),
      countedIssuers: listAt(packed.issuers, packed.issuerEnds, at),
    },
  ]);
  return {
    validities: new Map(entries),
    ...present({ nextChangeAt: packed.nextChangeAt }),
  };
}

function nameAt(fingerprints: readonly Fingerprint[], place: number | undefined): Fingerprint {
  const name = fingerprints[place ?? -1];
  if (name === undefined) throw new RangeError('a packed result without the key it names');
  return name;
}
