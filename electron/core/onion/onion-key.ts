import { createHash } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import type { OnionHost } from '../../../shared/ids';
import { encodeBase32 } from '../domain/base32';
import { onionChecksum, ONION_VERSION } from './onion-checksum';

/** What follows from an onion service's seed. */
export type OnionKey = {
  readonly onion: OnionHost;
  /** Ed25519 public key, 32 octets. */
  readonly publicKey: Uint8Array;
  /** Secret: the 64-octet expanded key as ADD_ONION takes it. */
  readonly expandedKeyBase64: string;
};

const SEED_BYTES = 32;

/**
 * Derives an onion service's name and key (RFC 8032, 5.1.5; rend-spec-v3, 6).
 * @param seed 32 octets
 * @throws RangeError for another length
 */
export function onionFromSeed(seed: Uint8Array): OnionKey {
  if (seed.length !== SEED_BYTES) throw new RangeError('An onion seed has 32 octets');
  const publicKey = ed25519.getPublicKey(seed);
  const expanded = createHash('sha512').update(seed).digest();
  expanded.writeUInt8(expanded.readUInt8(0) & 248, 0);
  expanded.writeUInt8((expanded.readUInt8(31) & 63) | 64, 31);
  const name = encodeBase32(
    Buffer.concat([publicKey, onionChecksum(publicKey, ONION_VERSION), Uint8Array.of(ONION_VERSION)]),
  );
  return { onion: `${name}.onion` as OnionHost, publicKey, expandedKeyBase64: expanded.toString('base64') };
}
