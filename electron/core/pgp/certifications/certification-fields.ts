import type { Fingerprint } from '../../../../shared/ids';
import type { TrustCertification } from '../../domain/trust/trust-model';
import { SIGNATURE } from '../packets/signatures';
import { SUBPACKET, isRefusedAsCritical, readSubpackets, type Subpacket } from '../packets/subpackets';

/**
 * A certification (0x10 to 0x13) or its revocation (0x30), read from its octets. Everything that limits or grants comes
 * from the hashed area; only who issued it may stand outside (RFC 9580, 5.2.3.12). Milliseconds.
 */
export type CertificationFields = {
  readonly body: Uint8Array;
  readonly type: number;
  readonly keyAlgorithm: number;
  readonly hashAlgorithm: number;
  readonly grant: Grant;
  readonly by: Issuer;
  /** End of what is hashed, and start of the left 16 bits of the hash, in `body`. */
  readonly hashedEnd: number;
  readonly digestAt: number;
};

type Grant = Pick<TrustCertification, 'createdAt' | 'expiresAt' | 'trust'> & { readonly exportable: boolean };

type Issuer = {
  readonly keyId: string;
  readonly fingerprint: Fingerprint | undefined;
  readonly isKeyIdHashed: boolean;
  readonly isFingerprintHashed: boolean;
};

const HEAD_OCTETS = 6;
const FINGERPRINT_OCTETS = 20;

/** Each at most once: programs would read a subpacket that stands twice in different ways. */
const SINGLE: ReadonlySet<number> = new Set([
  SUBPACKET.createdAt,
  SUBPACKET.expiresAfter,
  SUBPACKET.exportable,
  SUBPACKET.trust,
  SUBPACKET.regex,
  SUBPACKET.issuerKeyId,
  SUBPACKET.issuerFingerprint,
]);

/**
 * Claims until verified. `undefined` for any other signature, and for one that is cut off, contradicts itself or has an
 * unknown critical part.
 */
export function readCertificationFields(body: Uint8Array): CertificationFields | undefined {
  const type = body[1] ?? -1;
  const areas = body[0] === 4 && isCertification(type) ? readAreas(body) : undefined;
  if (areas === undefined || isAmbiguous(areas.hashed)) return undefined;
  const grant = readGrant(areas.hashed);
  const by = readIssuer(areas.hashed, areas.unhashed);
  if (grant === undefined || by === undefined) return undefined;
  const { hashedEnd, digestAt } = areas;
  return {
    body,
    type,
    keyAlgorithm: octetAt(body, 2),
    hashAlgorithm: octetAt(body, 3),
    grant,
    by,
    hashedEnd,
    digestAt,
  };
}

/** RFC 9580, 5.2.1: generic, persona, casual, positive; 0 for a revocation. */
export function levelOf(type: number): TrustCertification['level'] {
  const level = type - 0x10;
  return level === 1 || level === 2 || level === 3 ? level : 0;
}

function isCertification(type: number): boolean {
  return SIGNATURE.certifications.includes(type) || type === SIGNATURE.certificationRevocation;
}

type Areas = {
  readonly hashed: Subpacket[];
  readonly unhashed: Subpacket[];
  readonly hashedEnd: number;
  readonly digestAt: number;
};

function readAreas(body: Uint8Array): Areas | undefined {
  const hashedEnd = HEAD_OCTETS + octetPair(body, 4);
  const digestAt = hashedEnd + 2 + octetPair(body, hashedEnd);
  if (digestAt + 2 > body.length) return undefined;
  const hashed = readSubpackets(body.subarray(HEAD_OCTETS, hashedEnd));
  // A fault in the unhashed area changes nothing that counts.
  const unhashed = readSubpackets(body.subarray(hashedEnd + 2, digestAt)) ?? [];
  return hashed && { hashed, unhashed, hashedEnd, digestAt };
}

function isAmbiguous(hashed: readonly Subpacket[]): boolean {
  if (hashed.some(isRefusedAsCritical)) return true;
  const single = hashed.map(({ type }) => type).filter((type) => SINGLE.has(type));
  return new Set(single).size < single.length;
}

function readGrant(hashed: readonly Subpacket[]): Grant | undefined {
  const created = readSeconds(hashed, SUBPACKET.createdAt);
  const lifetime = readSeconds(hashed, SUBPACKET.expiresAfter);
  const trust = readTrust(hashed);
  const exportable = find(hashed, SUBPACKET.exportable);
  if (typeof created !== 'number' || lifetime === 'malformed' || trust === 'malformed') return undefined;
  return {
    createdAt: created * 1000,
    exportable: exportable === undefined || exportable[0] === 1,
    // Zero is «never» (RFC 9580, 5.2.3.18).
    ...(lifetime !== undefined && lifetime > 0 && { expiresAt: (created + lifetime) * 1000 }),
    ...(trust !== undefined && { trust }),
  };
}

function readSeconds(hashed: readonly Subpacket[], type: number): number | undefined | 'malformed' {
  const data = find(hashed, type);
  if (data === undefined) return undefined;
  return data.length === 4 ? octetPair(data, 0) * 0x10000 + octetPair(data, 2) : 'malformed';
}

/** Depth 0 is an ordinary certification (RFC 9580, 5.2.3.21). A limit that cannot be read must not become none. */
function readTrust(hashed: readonly Subpacket[]): TrustCertification['trust'] | 'malformed' {
  const data = find(hashed, SUBPACKET.trust);
  const regex = readRegex(find(hashed, SUBPACKET.regex));
  if (regex === 'malformed' || (data !== undefined && data.length !== 2)) return 'malformed';
  const [depth = 0, amount = 0] = data ?? [];
  return depth === 0 ? undefined : { depth, amount, ...(regex.text !== '' && { regex: regex.text }) };
}

/** Ends at the first NUL, which RFC 9580, 5.2.3.22 wants at its end. */
function readRegex(data: Uint8Array | undefined): { readonly text: string } | 'malformed' {
  if (data === undefined) return { text: '' };
  const nul = data.indexOf(0);
  try {
    return {
      text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(nul < 0 ? data : data.subarray(0, nul)),
    };
  } catch {
    return 'malformed';
  }
}

function readIssuer(hashed: readonly Subpacket[], unhashed: readonly Subpacket[]): Issuer | undefined {
  const hashedKeyId = readKeyId(hashed);
  const hashedIssuer = readFingerprint(hashed);
  const fingerprint = hashedIssuer ?? readFingerprint(unhashed);
  const keyId = hashedKeyId ?? fingerprint?.slice(-16) ?? readKeyId(unhashed);
  if (keyId === undefined || fingerprint?.endsWith(keyId) === false) return undefined;
  return {
    keyId,
    fingerprint,
    isKeyIdHashed: hashedKeyId !== undefined,
    isFingerprintHashed: hashedIssuer !== undefined,
  };
}

function readKeyId(subpackets: readonly Subpacket[]): string | undefined {
  const data = find(subpackets, SUBPACKET.issuerKeyId);
  return data?.length === 8 ? hex(data) : undefined;
}

function readFingerprint(subpackets: readonly Subpacket[]): Fingerprint | undefined {
  const data = find(subpackets, SUBPACKET.issuerFingerprint);
  return data?.length === FINGERPRINT_OCTETS + 1 && data[0] === 4 ? (hex(data.subarray(1)) as Fingerprint) : undefined;
}

function find(subpackets: readonly Subpacket[], type: number): Uint8Array | undefined {
  return subpackets.find((subpacket) => subpacket.type === type)?.data;
}

function hex(octets: Uint8Array): string {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString('hex').toUpperCase();
}

function octetAt(octets: Uint8Array, at: number): number {
  return octets[at] ?? 0;
}

/** Two octets, big end first; beyond the end they are zero. */
function octetPair(octets: Uint8Array, at: number): number {
  return (octetAt(octets, at) << 8) | octetAt(octets, at + 1);
}
