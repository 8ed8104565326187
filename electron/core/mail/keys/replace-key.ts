import { PosthornError } from '../../../../shared/errors';
import type { Identity } from '../../../../shared/identity';
import { requireRoom } from './key-life';
import type { KeyOwner, OwnKeys } from './own-keys';
import { nextCertifiedAt } from './renew-certification';
import type { Services } from '../mailbox';
import { settleVerification } from '../trust/settle-verification';

type ReplaceServices = Pick<Services, 'clock' | 'pgp' | 'log'>;

/**
 * A new OpenPGP key under the same onion. The key before certifies it, unless that is revoked, and is kept to open old
 * mail; the user's word on other people's keys is given anew by the new one.
 * @throws PosthornError `too-many`
 */
export async function replaceKey(services: ReplaceServices, own: OwnKeys): Promise<Identity> {
  await own.inTurn(async (identity, write) => {
    requireRoom(identity);
    const { keys, address, onionSeed } = identity;
    const now = services.clock.now();
    const at = nextCertifiedAt(now, identity);
    const replaced = await services.pgp.replaceKey({ keys, address, onionSeed, now: at });
    const retired = [{ ...replaced.retired, retiredAt: now }, ...identity.retired];
    write({ keys: replaced.keys, certifiedAt: at, subkeyMadeAt: now, revoked: false, retired });
  });
  await carryWordOver(services, own.opened);
  own.opened.mail.dropSealed();
  own.opened.changes.queued();
  return own.opened.view();
}

/**
 * Certifies with the new key whom the user has verified. The key is replaced already: what fails here is logged, not
 * undone.
 */
export async function carryWordOver(services: ReplaceServices, opened: KeyOwner): Promise<void> {
  const now = services.clock.now();
  for (const contact of opened.mail.contacts()) {
    if ((contact.verification?.expiresAt ?? Infinity) <= now) continue;
    await settleVerification(services, opened, contact).catch((error: unknown) => {
      services.log.error('certification.not-carried-over', { posthorn: error instanceof PosthornError });
    });
  }
  await opened.trust.refresh();
}
