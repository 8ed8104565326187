import { PosthornError } from '../../../../shared/errors';
import type { Identity } from '../../../../shared/identity';
import { requireRoom } from './key-life';
import { nextKeyDay, newSubkey } from './new-key';
import type { KeyOwner, OwnKeys } from './own-keys';
import { certifiedFrom, changeTime } from './renew-certification';
import type { Services } from '../mailbox';
import { settleVerification } from '../trust/settle-verification';

type ReplaceServices = Pick<Services, 'clock' | 'random' | 'pgp' | 'log'>;

/**
 * Makes a new OpenPGP key under the same onion. The old key certifies it, unless it is revoked, and is kept to open old
 * mail. The new key certifies again the keys that the user has verified.
 * @throws PosthornError `too-many`
 */
export async function replaceKey(services: ReplaceServices, own: OwnKeys): Promise<Identity> {
  await own.inTurn(async (identity, write) => {
    requireRoom(identity);
    const { keys, address, onionSeed } = identity;
    const now = services.clock.now();
    const at = changeTime(services, identity);
    const replaced = await services.pgp.replaceKey({
      keys,
      address,
      onionSeed,
      now: at,
      createdAt: nextKeyDay(services),
    });
    const retired = [{ ...replaced.retired, retiredAt: now }, ...identity.retired];
    write({ keys: replaced.keys, ...certifiedFrom(services, at), ...newSubkey(services), revoked: false, retired });
  });
  await carryWordOver(services, own.opened);
  own.opened.outbox.dropSealed();
  own.opened.changes.queued();
  return own.opened.view();
}

/**
 * Certifies with the new key the contacts that the user has verified. The key is replaced already, so a failure here is
 * logged and undoes nothing.
 */
export async function carryWordOver(services: ReplaceServices, opened: KeyOwner): Promise<void> {
  const now = services.clock.now();
  for (const contact of opened.contacts.all()) {
    if ((contact.verification?.expiresAt ?? Infinity) <= now) continue;
    await settleVerification(services, opened, contact).catch((error: unknown) => {
      services.log.error('certification.not-carried-over', { posthorn: error instanceof PosthornError });
    });
  }
  await opened.trust.refresh();
}
