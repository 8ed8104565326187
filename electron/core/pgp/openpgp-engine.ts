import type { Pgp } from '../ports';
import { checkKeyBlock } from './check-key-block';
import { decrypt } from './decrypt';
import { armorPublicKey, exportCertifyingKey, exportSecretKey } from './export';
import { generateIdentityKeys, recertify } from './identity-key';
import { seal } from './seal';
import { verify } from './verify-signature';

/** OpenPGP in this very thread: 25 MB hold it for a second, so the core uses it through a worker. */
export function createOpenpgpEngine(): Pgp {
  return {
    generateIdentityKeys,
    recertify,
    checkKeyBlock,
    seal,
    decrypt,
    verify,
    armorPublicKey: (publicKey) => Promise.resolve(armorPublicKey(publicKey)),
    exportSecretKey,
    exportCertifyingKey,
    close: () => Promise.resolve(),
  };
}
