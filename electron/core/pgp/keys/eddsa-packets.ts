import { ED25519_OID, multiprecision } from './onion-certifying-key';
import { concatBytes } from '../packets/packet-framing';

/** EdDSA in its first OpenPGP form (RFC 9580, 5.2.3.3 and 5.5.5.5): what the keys of PROTOCOL.md 2 are. */
export const EDDSA_LEGACY = 22;

const CREATED_OCTETS = 4;
const POINT_BITS = 263;
const NUMBER_OCTETS = 32;

/** The point in the body of a version 4 Ed25519 key packet; `undefined` for every other key. */
export function pointOf(keyBody: Uint8Array): Uint8Array | undefined {
  const head = concatBytes([
    Uint8Array.of(EDDSA_LEGACY),
    ED25519_OID,
    Uint8Array.of(POINT_BITS >> 8, POINT_BITS & 0xff, 0x40),
  ]);
  const pointAt = 1 + CREATED_OCTETS + head.length;
  if (keyBody[0] !== 4 || keyBody.length !== pointAt + NUMBER_OCTETS) return undefined;
  const isAlike = head.every((octet, index) => keyBody[1 + CREATED_OCTETS + index] === octet);
  return isAlike ? keyBody.subarray(pointAt) : undefined;
}

/** Creation time of a version 4 key, in milliseconds. */
export function keyCreatedAt(keyBody: Uint8Array): number {
  return Buffer.from(keyBody.subarray(1, 1 + CREATED_OCTETS)).readUInt32BE() * 1000;
}

/** The 64 octets of an Ed25519 signature in the two numbers of its packet; `undefined` when they are anything else. */
export function signatureOf(numbers: Uint8Array): Uint8Array | undefined {
  const r = readNumber(numbers, 0);
  const s = r && readNumber(numbers, r.end);
  return r !== undefined && s?.end === numbers.length ? concatBytes([r.octets, s.octets]) : undefined;
}

/** The one form of these two numbers without leading zeros, which not every program leaves out (RFC 9580, 3.2). */
export function signatureNumbers(signature: Uint8Array): Uint8Array {
  return concatBytes([
    multiprecision(signature.subarray(0, NUMBER_OCTETS)),
    multiprecision(signature.subarray(NUMBER_OCTETS)),
  ]);
}

function readNumber(
  numbers: Uint8Array,
  at: number,
): { readonly octets: Uint8Array; readonly end: number } | undefined {
  const bits = ((numbers[at] ?? 0) << 8) | (numbers[at + 1] ?? 0);
  const length = (bits + 7) >> 3;
  const end = at + 2 + length;
  if (end > numbers.length || length > NUMBER_OCTETS) return undefined;
  const octets = new Uint8Array(NUMBER_OCTETS);
  octets.set(numbers.subarray(at + 2, end), NUMBER_OCTETS - length);
  return { octets, end };
}
