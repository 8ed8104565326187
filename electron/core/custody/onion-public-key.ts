import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha3_256 } from '@noble/hashes/sha3.js';
import { decodeBase32 } from '../domain/base32';

/** Checks Ed25519 signatures (RFC 8032) by one onion. */
export type OnionPublicKey = { readonly hasSigned: (message: Uint8Array, signature: Uint8Array) => boolean };

const NAME = /^([a-z2-7]{56})\.onion$/;
const KEY_BYTES = 32;
const VERSION = 3;
/** SubjectPublicKeyInfo of an Ed25519 key up to the key itself (RFC 8410, 4). */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

/**
 * The key that an onion's name is (rend-spec-v3, 6). Undefined for a name with a wrong checksum or version, and for a
 * key that is no point of prime order in its one spelling: of such a key anybody can make «signatures», or it has
 * several names.
 */
export function readOnionPublicKey(onion: string): OnionPublicKey | undefined {
  const octets = decodeBase32(NAME.exec(onion)?.[1] ?? '');
  if (octets?.length !== KEY_BYTES + 3) return undefined;
  const point = octets.subarray(0, KEY_BYTES);
  const checksum = sha3_256(Buffer.concat([Buffer.from('.onion checksum', 'latin1'), point, Uint8Array.of(VERSION)]));
  const isName =
    octets[KEY_BYTES] === checksum[0] && octets[KEY_BYTES + 1] === checksum[1] && octets[KEY_BYTES + 2] === VERSION;
  return isName && isPrimeOrder(point) ? keyOf(point) : undefined;
}

function isPrimeOrder(point: Uint8Array): boolean {
  try {
    const read = ed25519.Point.fromBytes(point);
    return !read.isSmallOrder() && read.isTorsionFree();
  } catch {
    return false;
  }
}

function keyOf(point: Uint8Array): OnionPublicKey {
  const key = createPublicKey({ key: Buffer.concat([SPKI_HEAD, point]), format: 'der', type: 'spki' });
  return { hasSigned: (message, signature) => isSigned(key, message, signature) };
}

function isSigned(key: KeyObject, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verify(null, message, key, signature);
  } catch {
    return false;
  }
}
