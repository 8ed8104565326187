import type { keyLifeContract } from '../../../shared/contract/trust-contract';
import { announceMove } from '../mail/outgoing/announce-move';
import { importKey } from '../mail/keys/import-key';
import { keyLife, setKeyPolicy, showVouchers } from '../mail/keys/key-life';
import { renewKey } from '../mail/keys/renew-key';
import { replaceKey } from '../mail/keys/replace-key';
import { revokeKey } from '../mail/keys/revoke-key';
import { rotateSubkey } from '../mail/keys/rotate-subkey';
import type { Deps, Handlers } from './handler-kit';
import { paperKeyHandlers } from './paper-key-handlers';

/** The calls about an identity's own keys, each with the one use case that answers it. */
export function keyLifeHandlers(deps: Deps): Pick<Handlers, keyof typeof keyLifeContract> {
  const { services, session, of } = deps;
  const ofKeys = (o: Parameters<Deps['of']>[0]): ReturnType<typeof session.ownKeys> => session.ownKeys(o.identityId);
  return {
    'identities.keyLife': (o) => keyLife(services, ofKeys(o)),
    'identities.setKeyPolicy': (o) => setKeyPolicy(services, ofKeys(o), o.policy),
    'identities.showVouchers': (o) => showVouchers(services, ofKeys(o), o.shown),
    'identities.renewKey': (o) => renewKey(services, ofKeys(o), o.expiresAt),
    'identities.rotateSubkey': (o) => rotateSubkey(services, ofKeys(o)),
    'identities.replaceKey': (o) => replaceKey(services, ofKeys(o)),
    'identities.revokeKey': (o) => revokeKey(services, ofKeys(o), o),
    'identities.importKey': (o) => importKey(services, ofKeys(o), o),
    'identities.announceMove': (o) => announceMove(services, of(o), of({ identityId: o.toIdentityId }), o.contactIds),
    ...paperKeyHandlers(deps),
  };
}
