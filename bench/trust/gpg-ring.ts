import { createHash } from 'node:crypto';
import type { TrustCertification } from '../../electron/core/domain/trust/trust-model';
import { TAG, concatBytes, joinPackets, type Packet } from '../../electron/core/pgp/packets/packet-framing';
import type { Fingerprint } from '../../shared/ids';
import { WEB_KEYS_CREATED, type TrustWeb } from './trust-web';

/** Subpackets (RFC 9580, 5.2.3.7). */
const SUBPACKET = {
  createdAt: 2,
  expiresAfter: 3,
  trust: 5,
  regex: 6,
  issuerKeyId: 16,
  keyFlags: 27,
  issuerFingerprint: 33,
} as const;

/** What gpg itself writes behind a signature in a key ring file once it has checked it: checked and good. */
const CHECKED_AND_GOOD = Uint8Array.of(0, 3, 0x67, 0x70, 0x67, 0);

/**
 * The web as gpg's key ring file (`pubring.gpg`), in the state in which gpg leaves it after it has checked every
 * signature. So gpg and we begin at the same point, and no signature need be computed: their numbers are made up, and
 * gpg does not look at them again.
 */
export function gpgRing({ keys, input }: TrustWeb): Uint8Array {
  const about = new Map<Fingerprint, TrustCertification[]>(keys.map(({ fingerprint }) => [fingerprint, []]));
  for (const certification of input.certifications) about.get(certification.subject)?.push(certification);
  return joinPackets(
    keys.flatMap(({ body, fingerprint, userId }) => [
      { tag: TAG.publicKey, body },
      { tag: TAG.userId, body: Buffer.from(userId) },
      ...checked(signatureBody(fingerprint, selfSubpackets())),
      ...(about.get(fingerprint) ?? []).flatMap((one) => checked(signatureBody(one.issuer, subpacketsOf(one)))),
    ]),
  );
}

function checked(body: Uint8Array): Packet[] {
  return [
    { tag: TAG.signature, body },
    { tag: TAG.trust, body: CHECKED_AND_GOOD },
  ];
}

function selfSubpackets(): Uint8Array[] {
  return [subpacket(SUBPACKET.createdAt, seconds(WEB_KEYS_CREATED)), subpacket(SUBPACKET.keyFlags, Uint8Array.of(1))];
}

function subpacketsOf({ createdAt, expiresAt, trust }: TrustCertification): Uint8Array[] {
  return [
    subpacket(SUBPACKET.createdAt, seconds(createdAt / 1000)),
    ...(expiresAt === undefined ? [] : [subpacket(SUBPACKET.expiresAfter, seconds((expiresAt - createdAt) / 1000))]),
    ...(trust === undefined ? [] : [subpacket(SUBPACKET.trust, Uint8Array.of(trust.depth, trust.amount))]),
    ...(trust?.regex === undefined ? [] : [subpacket(SUBPACKET.regex, Buffer.from(`${trust.regex}\0`))]),
  ];
}

/** A version 4 signature 0x13, EdDSA with SHA-512 (RFC 9580, 5.2.3). */
function signatureBody(issuer: Fingerprint, subpackets: readonly Uint8Array[]): Uint8Array {
  const fingerprint = Buffer.from(issuer, 'hex');
  const hashed = concatBytes([
    ...subpackets,
    subpacket(SUBPACKET.issuerFingerprint, concatBytes([Uint8Array.of(4), fingerprint])),
  ]);
  const unhashed = subpacket(SUBPACKET.issuerKeyId, fingerprint.subarray(-8));
  const digest = createHash('sha512').update(hashed).digest();
  const number = (octets: Uint8Array): Uint8Array =>
    concatBytes([Uint8Array.of(1, 0), Uint8Array.of((octets[0] ?? 0) | 0x80), octets.subarray(1)]);
  return concatBytes([
    Uint8Array.of(4, 0x13, 22, 10),
    withLength(hashed),
    withLength(unhashed),
    digest.subarray(0, 2),
    number(digest.subarray(0, 32)),
    number(digest.subarray(32)),
  ]);
}

function withLength(octets: Uint8Array): Uint8Array {
  return concatBytes([Uint8Array.of(octets.length >> 8, octets.length & 0xff), octets]);
}

function subpacket(type: number, data: Uint8Array): Uint8Array {
  return concatBytes([Uint8Array.of(data.length + 1, type), data]);
}

function seconds(time: number): Uint8Array {
  const octets = Buffer.alloc(4);
  octets.writeUInt32BE(time);
  return octets;
}
