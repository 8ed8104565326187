import { createPublicKey, verify } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';

/** Checks Ed25519 signatures (RFC 8032) of one public key. */
export type Ed25519Key = { readonly hasSigned: (message: Uint8Array, signature: Uint8Array) => boolean };

/** SubjectPublicKeyInfo of an Ed25519 key up to the key itself (RFC 8410, 4). */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

/**
 * `undefined` for 32 octets that are no point of the curve, or one of small order: «signatures» of such a key can be
 * made by anybody, and the cryptographic library of neither Node nor Electron refuses them.
 */
export function readEd25519Key(point: Uint8Array): Ed25519Key | undefined {
  try {
    if (ed25519.Point.fromBytes(point).isSmallOrder()) return undefined;
    const key = createPublicKey({ key: Buffer.concat([SPKI_HEAD, point]), format: 'der', type: 'spki' });
    return { hasSigned: (message, signature) => verify(null, message, key, signature) };
  } catch {
    return undefined;
  }
}
