import type { CustodyCrypto } from '../ports/custody-crypto';
import { digestNow, digestOctets } from './digest-octets';
import { deliveryToken, deliveryTokenHash } from './delivery-tokens';
import { createStatementCheck, signStatement } from './onion-statements';
import { packHeldEnvelope } from './pack-envelope';
import { unpackHeldEnvelope } from './unpack-envelope';

/** The cryptography of PROTOCOL.md 10. Keeps nothing but the public keys of names it has seen. */
export function createCustodyCrypto(): CustodyCrypto {
  return {
    sign: signStatement,
    verify: createStatementCheck(),
    token: deliveryToken,
    tokenHash: deliveryTokenHash,
    digest: digestOctets,
    digestNow,
    packHeldEnvelope,
    unpackHeldEnvelope,
  };
}
