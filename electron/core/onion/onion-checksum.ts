import { sha3_256 } from '@noble/hashes/sha3.js';

/** The only version of onion names in use (rend-spec-v3, 6). */
export const ONION_VERSION = 3;

/**
 * The two checksum octets of an onion name (rend-spec-v3, 6). SHA-3 comes from a library because the crypto of Electron
 * has none.
 * @param publicKey 32 octets
 */
export function onionChecksum(publicKey: Uint8Array, version: number): Uint8Array {
  const input = Buffer.concat([Buffer.from('.onion checksum', 'latin1'), publicKey, Uint8Array.of(version)]);
  return sha3_256(input).subarray(0, 2);
}
