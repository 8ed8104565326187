import type { KeyLife } from '../../../../shared/key-life';
import { rotatedKeys } from './rotate-due-keys';
import { keyLife, requireInForce, requireRoom } from './key-life';
import type { OwnKeys } from './own-keys';
import type { Services } from '../mailbox';

/**
 * Makes a new encryption subkey now. The old one opens what was sealed to it until the policy destroys it.
 * @throws PosthornError `trust-refused` for a revoked key, `too-many`
 */
export function rotateSubkey(services: Pick<Services, 'clock' | 'random' | 'pgp'>, own: OwnKeys): Promise<KeyLife> {
  return own.inTurn(async (identity, write) => {
    requireInForce(identity);
    requireRoom(identity);
    write(await rotatedKeys(services, identity));
    return keyLife(services, own);
  });
}
