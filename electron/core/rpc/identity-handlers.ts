import { present } from '../../../shared/present';
import { exportPublicKey, exportSecretKey } from '../mail/keys/export-keys';
import { done, type Deps, type Of } from './handler-kit';
import { keyLifeHandlers } from './key-life-handlers';

/** The identities of the profile, and the life of their keys. */
export function identityHandlers(deps: Deps): Of<'identities'> {
  const { services, session, of } = deps;
  return {
    'identities.list': () => session.identities(),
    'identities.create': (o) => session.createIdentity(o),
    'identities.update': ({ identityId, ...change }) => session.updateIdentity(identityId, present(change)),
    'identities.delete': async (o) => (await session.deleteIdentity(o), done),
    'identities.exportPublicKey': (o) => exportPublicKey(services, of(o)),
    'identities.exportSecretKey': (o) => exportSecretKey(services, of(o), o.passphrase),
    'identities.setPrivate': (o) => of(o).setPrivate(o.isPrivate),
    ...keyLifeHandlers(deps),
  };
}
