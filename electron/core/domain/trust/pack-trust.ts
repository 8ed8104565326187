import type { Fingerprint } from '../../../../shared/ids';
import type { OwnerTrust, TrustCertification, TrustInput, TrustKey } from './trust-model';

/**
 * A `TrustInput` in columns: copying 50,000 objects to another thread would block this one for many times as long.
 * Fingerprints are named by their place in `fingerprints`; a time that is absent is NaN, a depth or regular expression
 * that is absent -1.
 */
export type PackedTrust = {
  readonly now: number;
  readonly fingerprints: Fingerprint[];
  readonly userIds: string[];
  readonly keys: Int32Array;
  readonly keyExpiresAt: Float64Array;
  readonly revoked: Uint8Array;
  readonly issuers: Int32Array;
  readonly subjects: Int32Array;
  readonly createdAt: Float64Array;
  readonly expiresAt: Float64Array;
  /** The level; 16 more for a revocation. */
  readonly kinds: Uint8Array;
  readonly depths: Int16Array;
  readonly amounts: Int16Array;
  readonly regexes: string[];
  readonly regexOf: Int32Array;
  readonly ownerTrust: [Fingerprint, OwnerTrust][];
};

const REVOCATION = 16;

/** Gives every different text its place in a list. */
function createIndex<T extends string>(): { readonly list: T[]; readonly placeOf: (text: T) => number } {
  const places = new Map<T, number>();
  const list: T[] = [];
  const placeOf = (text: T): number => {
    const place = places.get(text);
    if (place !== undefined) return place;
    places.set(text, list.length);
    return list.push(text) - 1;
  };
  return { list, placeOf };
}

/** See `PackedTrust`; its arrays are new and may be handed over. */
export function packTrust(input: TrustInput): PackedTrust {
  const names = createIndex<Fingerprint>();
  const regexes = createIndex<string>();
  const packed = emptyTrust(input, names.list, regexes.list);
  input.keys.forEach((key, at) => {
    packed.keys[at] = names.placeOf(key.fingerprint);
    packed.keyExpiresAt[at] = key.expiresAt ?? NaN;
    packed.revoked[at] = key.revoked ? 1 : 0;
  });
  input.certifications.forEach((certification, at) => {
    packed.issuers[at] = names.placeOf(certification.issuer);
    packed.subjects[at] = names.placeOf(certification.subject);
    packed.createdAt[at] = certification.createdAt;
    packed.expiresAt[at] = certification.expiresAt ?? NaN;
    packed.kinds[at] = certification.level + (certification.kind === 'revocation' ? REVOCATION : 0);
    packed.depths[at] = certification.trust?.depth ?? -1;
    packed.amounts[at] = certification.trust?.amount ?? 0;
    packed.regexOf[at] = certification.trust?.regex === undefined ? -1 : regexes.placeOf(certification.trust.regex);
  });
  return packed;
}

function emptyTrust(input: TrustInput, fingerprints: Fingerprint[], regexes: string[]): PackedTrust {
  const { length } = input.certifications;
  return {
    now: input.now,
    fingerprints,
    userIds: input.keys.map(({ userId }) => userId),
    keys: new Int32Array(input.keys.length),
    keyExpiresAt: new Float64Array(input.keys.length),
    revoked: new Uint8Array(input.keys.length),
    issuers: new Int32Array(length),
    subjects: new Int32Array(length),
    createdAt: new Float64Array(length),
    expiresAt: new Float64Array(length),
    kinds: new Uint8Array(length),
    depths: new Int16Array(length),
    amounts: new Int16Array(length),
    regexes,
    regexOf: new Int32Array(length),
    ownerTrust: [...input.ownerTrust],
  };
}

/** The other way. */
export function unpackTrust(packed: PackedTrust): TrustInput {
  return {
    now: packed.now,
    keys: packed.userIds.map((userId, at) => keyAt(packed, userId, at)),
    certifications: Array.from(packed.issuers, (_, at) => certificationAt(packed, at)),
    ownerTrust: new Map(packed.ownerTrust),
  };
}

function keyAt(packed: PackedTrust, userId: string, at: number): TrustKey {
  const expiresAt = packed.keyExpiresAt[at] ?? NaN;
  return {
    fingerprint: nameAt(packed, packed.keys[at]),
    userId,
    revoked: packed.revoked[at] === 1,
    ...(!Number.isNaN(expiresAt) && { expiresAt }),
  };
}

function certificationAt(packed: PackedTrust, at: number): TrustCertification {
  const kind = packed.kinds[at] ?? 0;
  const expiresAt = packed.expiresAt[at] ?? NaN;
  const trust = trustAt(packed, at);
  return {
    issuer: nameAt(packed, packed.issuers[at]),
    subject: nameAt(packed, packed.subjects[at]),
    kind: kind >= REVOCATION ? 'revocation' : 'certification',
    level: levelOf(kind % REVOCATION),
    createdAt: packed.createdAt[at] ?? 0,
    ...(!Number.isNaN(expiresAt) && { expiresAt }),
    ...(trust !== undefined && { trust }),
  };
}

function trustAt(packed: PackedTrust, at: number): TrustCertification['trust'] {
  const depth = packed.depths[at] ?? -1;
  if (depth < 0) return undefined;
  const regex = packed.regexes[packed.regexOf[at] ?? -1];
  return { depth, amount: packed.amounts[at] ?? 0, ...(regex !== undefined && { regex }) };
}

function nameAt(packed: PackedTrust, place: number | undefined): Fingerprint {
  const name = packed.fingerprints[place ?? -1];
  if (name === undefined) throw new RangeError('a packed ring without the key it names');
  return name;
}

function levelOf(number: number): TrustCertification['level'] {
  return number === 1 || number === 2 || number === 3 ? number : 0;
}
