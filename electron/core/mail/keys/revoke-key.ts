import { PosthornError } from '../../../../shared/errors';
import type { MailAddress } from '../../../../shared/ids';
import type { KeyLife, RevocationReason } from '../../../../shared/key-life';
import { keyLife, requireInForce } from './key-life';
import type { OwnKeys } from './own-keys';
import { certifiedFrom, changeTime } from './renew-certification';
import type { Services } from '../mailbox';

/**
 * Declares the key invalid for ever; every peer who asks for it from now on learns that.
 * @throws PosthornError `address-invalid` when the repeated address is another, `trust-refused` when it is revoked
 *   already
 */
export function revokeKey(
  services: Pick<Services, 'clock' | 'random' | 'pgp'>,
  own: OwnKeys,
  o: { readonly reason: RevocationReason; readonly confirmAddress: MailAddress },
): Promise<KeyLife> {
  return own.inTurn(async (identity, write) => {
    const { keys, address, onionSeed } = identity;
    if (o.confirmAddress !== address)
      throw new PosthornError('address-invalid', 'The address does not match. Nothing was revoked.');
    requireInForce(identity);
    const at = changeTime(services, identity);
    write({
      keys: await services.pgp.revokeKey({ keys, address, onionSeed, reason: o.reason, now: at }),
      ...certifiedFrom(services, at),
      revoked: true,
    });
    return keyLife(services, own);
  });
}
