import { createHash } from 'node:crypto';
import { x25519 } from '@noble/curves/ed25519.js';
import type { HoldingCrypto } from '../ports/holding-crypto';
import { encodeBase32 } from './base32';
import { deliveryToken, deliveryTokenHash } from './delivery-tokens';
import { createStatementCheck, signStatement } from './onion-statements';
import { packEnvelope } from './pack-envelope';
import { unpackEnvelope } from './unpack-envelope';

/** The cryptography of PROTOCOL.md 10. Keeps nothing but the public keys of names it has seen. */
export function createHoldingCrypto(): HoldingCrypto {
  return {
    sign: signStatement,
    verify: createStatementCheck(),
    token: deliveryToken,
    tokenHash: deliveryTokenHash,
    digest: (octets) => createHash('sha256').update(octets).digest('hex'),
    packEnvelope,
    unpackEnvelope,
    clientKey,
  };
}

/** As `ClientAuthV3` of ADD_ONION takes it: 52 letters of base32 in upper case without padding (control-spec, rend-spec-v3 G.1.2). */
function clientKey(secret: Uint8Array): string {
  return encodeBase32(x25519.getPublicKey(secret)).toUpperCase();
}
