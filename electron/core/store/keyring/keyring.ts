import type { Keyring } from '../../ports/storage/keyring';
import { createPutTrust } from './put-trust';
import { createReplacedKeys } from './replaced-keys';
import { createRevokedKeys } from './revoked-keys';
import { createRingCertifications } from './ring-certifications';
import { createRingKeys } from './ring-keys';
import type { StoreParts } from '../sql/store-parts';

/** One identity's key ring, and what it took the place of. */
export function createKeyring(parts: StoreParts): Keyring {
  return {
    ...createRingKeys(parts),
    ...createRingCertifications(parts),
    putTrust: createPutTrust(parts),
    ...createReplacedKeys(parts),
    ...createRevokedKeys(parts),
  };
}
