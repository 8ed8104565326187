import { x25519 } from '@noble/curves/ed25519.js';
import type { OnionHost } from '../../../shared/ids';
import { decodeBase32, encodeBase32 } from '../domain/base32';

/** Octets of an x25519 key, secret or public. */
export const CLIENT_KEY_BYTES = 32;

/**
 * The public key of a client of an onion service, base32 without padding (rend-spec-v3, client authorisation).
 * @param secret x25519, 32 octets
 * @throws RangeError for another length
 */
export function clientAuthPublicKey(secret: Uint8Array): string {
  if (secret.length !== CLIENT_KEY_BYTES) throw new RangeError('A key of client authorisation has 32 octets');
  return encodeBase32(x25519.getPublicKey(secret));
}

/**
 * The keys of clients as ADD_ONION takes them, each once.
 * @throws RangeError for a key that is not base32 of 32 octets; it is not named
 */
export function clientAuthKeys(clients: readonly string[]): string[] {
  const keys = new Set(clients.map((client) => client.toLowerCase()));
  for (const key of keys) {
    if (decodeBase32(key)?.length !== CLIENT_KEY_BYTES)
      throw new RangeError('A client of an onion service has no proper key');
  }
  return [...keys];
}

/**
 * The command that makes tor use a key for the descriptors of this service, or forget it (control-spec, 3.30 and 3.31).
 * @param authKey x25519, 32 octets
 * @throws RangeError for another length
 */
export function authoriseCommand(host: OnionHost, authKey: Uint8Array | undefined): string {
  const name = host.slice(0, -'.onion'.length);
  if (authKey === undefined) return `ONION_CLIENT_AUTH_REMOVE ${name}`;
  if (authKey.length !== CLIENT_KEY_BYTES) throw new RangeError('A key of client authorisation has 32 octets');
  return `ONION_CLIENT_AUTH_ADD ${name} x25519:${Buffer.from(authKey).toString('base64')}`;
}
