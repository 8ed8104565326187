import type { RingStore } from '../../ports/ring-store';
import { createEnclosures } from '../outbox/enclosures';
import { createPutTrust } from './put-trust';
import { createReplacedKeys } from './replaced-keys';
import { createRingCertifications } from './ring-certifications';
import { createRingKeys } from './ring-keys';
import { createScanCodes } from '../contacts/scan-codes';
import type { StoreParts } from '../sql/store-parts';

/** One identity's key ring, and what else trust needs to remember. */
export function createRingStore(parts: StoreParts): RingStore {
  return {
    ...createRingKeys(parts),
    ...createRingCertifications(parts),
    putTrust: createPutTrust(parts),
    ...createScanCodes(parts),
    ...createEnclosures(parts),
    ...createReplacedKeys(parts),
  };
}
