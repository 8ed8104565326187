import { present } from '../../../shared/present';
import type { Services } from '../mail/mailbox';
import type { ProfileSession } from '../mail/profile/profile-session';
import { backupHandlers } from './backup-handlers';
import { contactHandlers } from './contact-handlers';
import { custodyHandlers } from './custody-handlers';
import { draftHandlers } from './draft-handlers';
import type { Deps, Handlers } from './handler-kit';
import { identityHandlers } from './identity-handlers';
import { mailboxHandlers } from './mailbox-handlers';
import { messageHandlers } from './message-handlers';
import { programHandlers } from './program-handlers';
import { profileHandlers } from './profile-handlers';
import { searchHandlers } from './search-handlers';
import { storageHandlers } from './storage-handlers';
import { trustHandlers } from './trust-handlers';

/** Every call of the contract, with the one use case that answers it. Parameters arrive parsed. */
export function coreHandlers(services: Services, session: ProfileSession): Handlers {
  const deps: Deps = { services, session, of: ({ identityId }) => session.require(identityId) };
  return {
    ...profileHandlers(deps),
    ...identityHandlers(deps),
    ...contactHandlers(deps),
    ...messageHandlers(deps),
    ...mailboxHandlers(deps),
    ...searchHandlers(deps),
    ...draftHandlers(deps),
    'tor.status': () => services.onion.status(),
    'tor.about': () => present({ tor: services.onion.about() }),
    ...trustHandlers(deps),
    ...backupHandlers(deps),
    ...custodyHandlers(deps),
    ...storageHandlers(deps),
    ...programHandlers(deps),
  };
}
