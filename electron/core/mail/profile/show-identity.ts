import { PosthornError } from '../../../../shared/errors';
import type { Identity } from '../../../../shared/identity';
import { onionOf } from '../../domain/mail-address';
import type { VaultIdentity } from '../../ports/storage/vault';
import type { Services } from '../mailbox';

/** The view of an identity; no secret is in it. */
export function toIdentity(identity: VaultIdentity, state: Pick<Identity, 'reachability' | 'isPrivate'>): Identity {
  const { id, address, label, colour, createdAt, keys } = identity;
  return { id, address, onion: onionOf(address), label, colour, createdAt, fingerprint: keys.fingerprint, ...state };
}

/**
 * Publishes the view of an identity. Never throws: a store that cannot be read now must not break the code that listens
 * to Tor.
 */
export function announceIdentity(services: Pick<Services, 'events' | 'log'>, view: () => Identity): void {
  try {
    services.events.publish({ type: 'identity.changed', identity: view() });
  } catch (error) {
    services.log.error('identity.not-shown', { posthorn: error instanceof PosthornError });
  }
}
