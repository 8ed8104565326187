import { PosthornError } from '../../../../shared/errors';
import type { Identity } from '../../../../shared/identity';
import { onionOf } from '../../domain/mail-address';
import type { VaultIdentity } from '../../ports/vault';
import type { Services } from '../mailbox';

/** What may be shown of an identity: no key leaves. */
export function toIdentity(identity: VaultIdentity, state: Pick<Identity, 'reachability' | 'isPrivate'>): Identity {
  const { id, address, label, colour, createdAt, keys } = identity;
  return { id, address, onion: onionOf(address), label, colour, createdAt, fingerprint: keys.fingerprint, ...state };
}

/** Never throws: what listens to Tor must not fail over a store that cannot be read now. */
export function announceIdentity(services: Pick<Services, 'events' | 'log'>, view: () => Identity): void {
  try {
    services.events.publish({ type: 'identity.changed', identity: view() });
  } catch (error) {
    services.log.error('identity.not-shown', { posthorn: error instanceof PosthornError });
  }
}
