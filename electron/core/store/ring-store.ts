import type { RingStore } from '../ports/ring-store';
import { createParcels } from './parcels';
import { createPutTrust } from './put-trust';
import { createReplacedKeys } from './replaced-keys';
import { createRingCertifications } from './ring-certifications';
import { createRingKeys } from './ring-keys';
import { createScanCodes } from './scan-codes';
import type { StoreParts } from './store-parts';

/** One identity's key ring, and what else trust needs to remember. */
export function createRingStore(parts: StoreParts): RingStore {
  return {
    ...createRingKeys(parts),
    ...createRingCertifications(parts),
    putTrust: createPutTrust(parts),
    ...createScanCodes(parts),
    ...createParcels(parts),
    ...createReplacedKeys(parts),
  };
}
